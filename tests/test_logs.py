"""Log lines hold names of events and allowed fields; never a word, a value or the text of an exception."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest

from bot.logs import ALLOWED, NOISY, EventLog, set_up_logs

CANARY = "aminas-secret-word"


@pytest.fixture(autouse=True)
def _logging_is_put_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test sets logging up as the program does; afterwards it is as it was."""
    for module, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in NOISY}
    root.handlers = []
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers = before
        root.setLevel(level)
        for name, old in levels.items():
            logging.getLogger(name).setLevel(old)


def fails(word: str) -> None:
    local = f"{word} in a variable"
    raise ValueError(local)


def caught(word: str) -> BaseException:
    try:
        fails(word)
    except ValueError as fault:
        return fault
    raise AssertionError


def written(capsys: pytest.CaptureFixture[str]) -> str:
    out = capsys.readouterr()
    return out.out + out.err


def test_an_event_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    log = set_up_logs()
    log.info("forgotten", count=3)

    line = json.loads(written(capsys))
    assert line.pop("timestamp")
    assert line == {"event": "forgotten", "count": 3, "level": "info"}


@pytest.mark.parametrize("set_up", [True, False])
def test_a_field_that_is_not_on_the_list_is_dropped(capsys: pytest.CaptureFixture[str], *, set_up: bool) -> None:
    log = set_up_logs() if set_up else EventLog()

    log.info("forgotten", words=CANARY, count=3)
    log.warning("forgotten", exc_info=CANARY, stack_info=CANARY, person=CANARY)

    said = written(capsys)
    assert CANARY not in said
    assert set(json.loads(said.splitlines()[0])) == {"event", "count", "level", "timestamp"}


def test_no_field_on_the_list_is_for_a_person() -> None:
    assert not ALLOWED & {"chat", "person", "who", "name", "words", "text", "code", "token", "report", "case", "id"}


def test_a_failure_is_told_by_type_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    log = set_up_logs()
    log.failure("turn-failed", caught(CANARY))

    said = written(capsys)
    line = json.loads(said)
    assert (line["event"], line["fault"]) == ("turn-failed", "ValueError")
    assert line["at"].split()[-1].startswith("tests/test_logs.py:")
    assert CANARY not in said


def test_a_failure_because_of_another_shows_neither_text(capsys: pytest.CaptureFixture[str]) -> None:
    log = set_up_logs()
    fault = RuntimeError(CANARY)
    fault.__cause__ = caught(CANARY)
    fault.add_note(CANARY)

    log.failure("turn-failed", fault)

    assert CANARY not in written(capsys)


@pytest.mark.parametrize("name", [*NOISY, "telegram.ext", "some.library"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.CRITICAL])
def test_libraries_say_that_they_spoke_but_not_what(
    capsys: pytest.CaptureFixture[str], *, name: str, level: int
) -> None:
    set_up_logs()
    try:
        fails(CANARY)
    except ValueError:
        logging.getLogger(name).log(level, "update %s", CANARY, exc_info=True, stack_info=True, extra={"x": CANARY})

    said = written(capsys)
    assert CANARY not in said
    assert said == "" if level < logging.WARNING else json.loads(said)["fault"] == "ValueError"


def test_a_warning_of_a_library_does_not_show_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(CANARY, stacklevel=1)

    said = written(capsys)
    assert CANARY not in said
    assert "py.warnings" in said


def test_what_nobody_caught_is_logged_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs()
    thread = threading.Thread(target=fails, args=(CANARY,))
    thread.start()
    thread.join()
    fault = caught(CANARY)
    sys.excepthook(type(fault), fault, fault.__traceback__)

    said = written(capsys)
    assert CANARY not in said
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["crashed", "crashed"]
