"""The house itself: which way imports go, what the README promises, how long a function may be."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import app as command_line
from bot.config import descriptions

HOME = Path(__file__).parent.parent
SOURCES = ("bot", "dialogs", "services_directory", "locales")
README = (HOME / "README.md").read_text(encoding="utf-8")
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEST_FILE = 50, 250, 400


def test_imports_go_one_way() -> None:
    checked = subprocess.run(["lint-imports"], cwd=HOME, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout


def test_the_container_file_has_no_fault() -> None:
    checked = subprocess.run(["hadolint", "Dockerfile"], cwd=HOME, capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout) == (0, "")


def test_every_setting_stands_in_the_readme() -> None:
    for name, (default, purpose) in descriptions().items():
        shown = f"`{default}`" if default else ""

        assert f"| `{name}` | {shown} | {purpose} |" in README


def test_the_readme_names_every_command() -> None:
    names = [
        command.name or command.callback.__name__ for command in command_line.registered_commands if command.callback
    ]

    assert [name for name in names if f"saysafe {name}" not in README] == []


def test_the_readme_names_only_files_that_exist() -> None:
    named = re.findall(r"`((?:bot|dialogs|locales|services_directory|tests)/[\w/.-]+)`", README)

    assert [path for path in named if not (HOME / path).exists()] == []


def test_every_dependency_carries_its_reason() -> None:
    text = (HOME / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    listed = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    lines = {line.strip().split('"')[1]: line for line in text.splitlines() if line.strip().startswith('"')}

    assert [name for name in listed if "#" not in lines[name]] == []


@pytest.mark.parametrize("folder", SOURCES)
def test_every_file_says_what_lives_in_it(folder: str) -> None:
    silent = [file for file in _files(folder) if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]

    assert silent == []


@pytest.mark.parametrize("folder", SOURCES)
def test_no_function_is_longer_than_a_screen(folder: str) -> None:
    long = [f"{file.relative_to(HOME)}: {name}" for file in _files(folder) for name in _long_functions(file)]

    assert long == []


@pytest.mark.parametrize("folder", [*SOURCES, "tests"])
def test_no_file_holds_two_nouns(folder: str) -> None:
    most = LONGEST_TEST_FILE if folder == "tests" else LONGEST_FILE
    sizes = {str(file.relative_to(HOME)): len(file.read_text(encoding="utf-8").splitlines()) for file in _files(folder)}

    assert {name: size for name, size in sizes.items() if size > most} == {}


def test_the_command_line_says_a_fault_in_a_sentence() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "run"], cwd=HOME, env={"SAYSAFE_PORT": "many"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert ran.returncode == 2
    assert "SAYSAFE_SECRET: is missing" in ran.stderr
    assert "SAYSAFE_PORT" in ran.stderr
    assert "Traceback" not in ran.stderr


def _files(folder: str) -> Iterator[Path]:
    return (file for file in sorted((HOME / folder).rglob("*.py")) if "versions" not in file.parts)


def _long_functions(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
        ):
            yield node.name
