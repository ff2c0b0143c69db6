"""What a command writes outside of the folders that are its own: the next one would find it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from remodel.runner import Command, Runner, opened

APP = """
import os, sqlite3, tempfile
import click
from flask import Flask

def create_app():
    app = Flask(__name__)

    @app.cli.command("run-code")
    @click.argument("code")
    def run(code):
        exec(code)

    return app
"""


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """One for all: it is started once."""
    with opened("forkserver") as runner:
        yield runner


@pytest.mark.parametrize(
    "code",
    [
        "open('{}/n', 'w')",
        "os.close(os.open('{}/n', os.O_RDWR | os.O_CREAT))",
        "os.mkdir('{}/n')",
        "os.symlink('x', '{}/n')",
        "sqlite3.connect('file:{}/n?mode=rwc', uri=True)",
        "open('own', 'w').close(); os.rename('own', '{}/n')",
        "os.chdir('{}'); open('n', 'w')",
    ],
)
def test_a_place_elsewhere_is_named(runner: Runner, tmp_path: Path, code: str) -> None:
    """By whatever call it is written to, and though the code catches all."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert wrote(runner, tmp_path, code.format(elsewhere)) == str(elsewhere.resolve() / "n")


@pytest.mark.parametrize(
    "code",
    [
        "open('own', 'w'); os.mkdir('below')",
        "tempfile.mkstemp(dir='..')",
        "open(os.devnull, 'w'); os.fdopen(os.dup(1), 'w')",
        "sqlite3.connect(':memory:'); sqlite3.connect('../data.db')",
        "open(os.__file__)",
    ],
)
def test_its_own_folders_are_its_own(runner: Runner, tmp_path: Path, code: str) -> None:
    """And to read is not to write."""
    assert wrote(runner, tmp_path, code) == ""


def wrote(runner: Runner, folder: Path, code: str) -> str:
    """What the runner says of an app's command that runs `code`."""
    app = folder / "copy" / "app"
    app.mkdir(parents=True)
    (app / "app.py").write_text(APP, encoding="utf-8")
    completed = runner.run(Command(("flask", "run-code", code), app, {"PATH": ""}))
    assert completed.ok, completed.stderr
    return completed.wrote
