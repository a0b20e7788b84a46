"""The command line, used as a volunteer uses it: in a terminal, a line at a time."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.config import Config
from tests.conftest import PASSPHRASE, SECRET

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, process: "subprocess.Popen[bytes]", end: int) -> None:
        self.process = process
        self._end = end
        self.seen = ""

    def types(self, line: str) -> None:
        os.write(self._end, f"{line}\n".encode())

    def reads(self, words: str) -> str:
        """Wait until the program has written `words` after what was read before; all it wrote since."""
        while words not in self.seen:
            try:
                more = os.read(self._end, 65536)
            except OSError:  # the program has ended
                more = b""
            assert more, f"the program ended without {words!r}:\n{self.seen}"
            self.seen += ESCAPES.sub("", more.decode(errors="replace")).replace("\r", "")
        before, _, self.seen = self.seen.partition(words)
        return before


@contextmanager
def saysafe(*arguments: str, **environ: str) -> Iterator[Terminal]:
    """Run a command in a terminal of its own."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={"PATH": os.environ["PATH"], **environ}
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.terminate()
        process.wait(timeout=20)
        os.close(ours)


@pytest.fixture
def settings(config: Config) -> dict[str, str]:
    return {"SAYSAFE_SECRET": SECRET, "SAYSAFE_DATABASE": str(config.database)}


def test_a_dialog_can_be_walked_in_a_terminal_in_polish() -> None:
    with saysafe("talk", "menu", "--lang", "pl") as terminal:
        terminal.reads("999")
        terminal.reads("[1] Zgłoś nienawiść lub nękanie")
        terminal.types("1")

        terminal.reads("[1] Tak")


def test_an_unknown_dialog_is_named_with_those_that_exist() -> None:
    with saysafe("talk", "gossip") as terminal:
        terminal.reads("There is no such dialog. There are: menu, report")

        assert terminal.process.wait(timeout=20) == 2


def test_the_first_start_makes_a_secret_and_says_where_to_put_it() -> None:
    with saysafe("init", "--agency", "bhcds", "--name", "bruno") as terminal:
        terminal.reads("SAYSAFE_SECRET=")

        assert terminal.process.wait(timeout=20) == 2


def test_an_agency_joins_with_its_first_member_and_its_recovery_code(settings: dict[str, str]) -> None:
    with saysafe("init", "--agency", "bhcds", "--name", "bruno", **settings) as terminal:
        terminal.reads("Passphrase")
        terminal.types(PASSPHRASE)
        terminal.reads("Again")
        terminal.types(PASSPHRASE)
        shown = terminal.reads("/link ")

        assert "Recovery code" in shown
        assert PASSPHRASE not in shown


def test_a_short_passphrase_and_a_wrong_agency_are_said_at_once(settings: dict[str, str]) -> None:
    with saysafe("init", "--agency", "nobody", "--name", "bruno", **settings) as terminal:
        for prompt in ("Passphrase", "Again"):
            terminal.reads(prompt)
            terminal.types("short")
        terminal.reads("There is no such agency")

        terminal.reads("14 letters")


def test_all_is_well_with_what_is_shipped(settings: dict[str, str]) -> None:
    with saysafe("check", **settings) as terminal:
        terminal.reads("All is well.")


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    with saysafe("check", SAYSAFE_PORT="many", SAYSAFE_COLOUR="green") as terminal:
        terminal.reads("SAYSAFE_SECRET: is missing")
        terminal.reads("SAYSAFE_PORT")
        terminal.reads("SAYSAFE_COLOUR: is not a setting")

        assert terminal.process.wait(timeout=20) == 1


def test_the_demo_prints_where_to_look_and_who_may_sign_in() -> None:
    with saysafe("demo", "--port", "0") as terminal:
        terminal.reads("Web chat:")
        terminal.reads("name bruno, passphrase")
        terminal.reads("Alerts are printed here.")
        terminal.types("")

        terminal.reads("bruno: ")
