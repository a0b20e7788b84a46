"""`saysafe directory`, as whoever keeps the directory uses it."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from typer.testing import CliRunner, Result

from bot.commandline.directory import app
from services_directory.accepted import FILE
from services_directory.load import PACKAGED, load
from tests.browser import serve
from tests.hsds.shape import faults

FEED = {
    "contents": [
        {
            "id": "a-1",
            "name": "Safe Harbour",
            "status": "active",
            "description": "<b>We help.</b>",
            "url": "https://harbour.example.org",
            "assured_date": "2099-01-01",
            "phones": [{"id": "p", "number": "0117 496 0123"}],
        },
        {"id": "a-2", "name": "Gone", "status": "defunct"},
    ]
}


NATIONAL = """\
- id: harbour
  name: Safe Harbour
  kinds: [housing]
  about: {{en: We help., ar: نساعد., pl: Pomagamy.}}
  who_for: {{en: For everyone., ar: للجميع., pl: Dla każdej osoby.}}
  website: {page}
  advice: ok-after-routine-check
  audience: users
  sources: ["{page}"]
  checked: 2026-11-21
"""
NEEDS = """\
- id: home
  label: {en: A home, ar: بيت, pl: Dom}
  kinds: [housing]
  fallback: [harbour]
"""


def directory(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def small(folder: Path, page: str) -> Path:
    """A directory of one service, at this page."""
    (folder / "national").mkdir(parents=True)
    (folder / "national" / "services.yaml").write_text(NATIONAL.format(page=page), encoding="utf-8")
    (folder / "national" / "needs.yaml").write_text(NEEDS, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the directory to spoil."""
    shutil.copy(PACKAGED / FILE, tmp_path / "accepted.yaml")
    return Path(shutil.copytree(PACKAGED, tmp_path / "data"))


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; its line."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_directory_that_ships_has_nothing_wrong() -> None:
    command = [sys.executable, "-m", "bot", "directory", "check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={"PATH": os.environ["PATH"]})

    assert (done.stdout, done.returncode) == ("All is well.\n", 0)


def test_every_fault_is_told_with_file_and_line(folder: Path) -> None:
    line = change(folder, "national/services.yaml", 'phone: "999"', 'phone: "998"')
    done = directory("check", "--folder", folder)

    assert done.exit_code == 1
    assert f"national/services.yaml:{line}: phone: is a telephone number that cannot exist" in done.stdout


def test_two_services_with_one_number_are_told_until_somebody_accepts_it(folder: Path) -> None:
    (folder / FILE).unlink()
    done = directory("check", "--folder", folder)
    assert done.exit_code == 1
    assert "phone: the same phone in bhcds, sari" in done.stdout

    (folder / FILE).write_text("- services: [bhcds, sari]\n  field: phone\n", encoding="utf-8")
    assert "accepted.yaml:1: why: Field required" in directory("check", "--folder", folder).stdout


def test_an_acceptance_that_excuses_nothing_is_told(folder: Path) -> None:
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write("\n- services: [sari, galop]\n  field: phone\n  why: They share a switchboard.\n")
    done = directory("check", "--folder", folder)

    assert done.exit_code == 1
    assert "accepts nothing that is still so" in done.stdout


def test_old_entries_are_listed_with_their_line(folder: Path) -> None:
    line = change(folder, "national/services.yaml", "checked: 2026-11-2", "checked: 2020-01-0")
    done = directory("stale", "--folder", folder, "--days", 1000, "--years", 100)

    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith(f"national/services.yaml:{line}: ")


def test_nothing_is_old_is_said_too() -> None:
    done = directory("stale", "--days", 100_000, "--years", 100)

    assert (done.stdout, done.exit_code) == ("Nothing is old.\n", 0)


def test_the_export_can_be_read_by_others(tmp_path: Path) -> None:
    out = tmp_path / "bristol.json"
    done = directory("export", "--area", "bristol", "--out", out)
    page = json.loads(out.read_text(encoding="utf-8"))

    assert done.exit_code == 0
    assert page["total_items"] == len(page["contents"]) == len(load().area("bristol").services)
    assert [wrong for service in page["contents"] for wrong in faults("service", service)] == []


def test_an_area_that_is_not_there_is_refused_kindly(tmp_path: Path) -> None:
    done = directory("export", "--area", "atlantis", "--out", tmp_path / "x.json")

    assert done.exit_code == 2
    assert done.stderr.startswith("There is no such area. There are: bristol")
    assert not (tmp_path / "x.json").exists()


def test_a_feed_becomes_drafts_in_a_new_folder_and_a_report(tmp_path: Path) -> None:
    feed, out = tmp_path / "feed.json", tmp_path / "drafts"
    feed.write_text(json.dumps(FEED), encoding="utf-8")
    done = directory("import", feed, "--out", out, "--trust-numbers", "--source", "https://feed.example.org")

    assert done.exit_code == 0
    assert "service 2: left out: it does not exist any more" in done.stdout
    assert "safe-harbour: about: to be written in ar, pl" in done.stdout
    assert "safe-harbour: phone: left out" in done.stdout
    assert "0117" not in (out / "imported" / "services.yaml").read_text(encoding="utf-8")
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["drafts"][0]["id"] == "safe-harbour"

    again = directory("import", feed, "--out", out)
    assert again.exit_code == 2
    assert "Nothing was written." in again.stderr


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        ("nonsense", (), "Nothing was taken: the feed is not JSON"),
        ("[]", ("--area", "../../etc"), "The area must be small letters and hyphens."),
        ("[]", ("--source", "javascript:alert(1)"), "The source is not a web address."),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    tmp_path: Path, content: str, arguments: tuple[str, ...], said: str
) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(content, encoding="utf-8")
    done = directory("import", feed, "--out", tmp_path / "drafts", *arguments)

    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "drafts").exists()


async def test_a_page_that_is_gone_is_told_at_each_place_that_names_it(tmp_path: Path) -> None:
    async with serve(Starlette()) as address:
        folder = small(tmp_path / "data", f"{address}/gone")
        done = await asyncio.to_thread(directory, "stale", "--links", "--days", 9999, "--folder", folder)

    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"national/services.yaml:6: harbour: website: {address}/gone is gone",
        f"national/services.yaml:9: harbour: sources: {address}/gone is gone",
    ]


def test_without_a_network_no_page_is_called_dead(tmp_path: Path) -> None:
    folder = small(tmp_path / "data", "http://127.0.0.1:9/there")
    done = directory("stale", "--links", "--folder", folder)

    assert done.exit_code == 2
    assert done.stderr == "No page could be reached. Is there a network?\n"
