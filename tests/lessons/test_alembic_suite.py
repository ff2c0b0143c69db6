"""A peer's opinion: pytest-alembic's own default tests pass on every stage that has migrations.

pytest-alembic runs the app in its own process, so each stage gets a pytest of its own, in a
scratch copy of the lesson.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.lesson import Lesson
from remodel.scratch import lay_out

MIGRATED = [lesson for lesson in find_course().lessons.values() if lesson.number >= 3]
#: What pytest-alembic 0.13.1 calls its default tests.
DEFAULT = {
    "test_single_head_revision",
    "test_upgrade",
    "test_model_definitions_match_ddl",
    "test_up_down_consistency",
}
#: env.py asks Flask for the app at hand, so every test runs inside the app's context. The engine
#: is the app's own, because env.py takes that one whatever pytest-alembic offers.
CONFTEST = b"""
import pytest
from hearth import create_app
from pytest_alembic.config import Config


@pytest.fixture(autouse=True)
def app(tmp_path):
    binds = {"archive": f"sqlite:///{tmp_path}/archive.db"}
    app = create_app({
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path}/hearth.db",
        "SQLALCHEMY_BINDS": binds,
    })
    with app.app_context():
        yield app
        for engine in app.extensions["sqlalchemy"].engines.values():
            engine.dispose()


@pytest.fixture
def alembic_config():
    return Config(
        config_options={"file": "migrations/alembic.ini", "script_location": "migrations"}
    )


@pytest.fixture
def alembic_engine(app):
    return app.extensions["sqlalchemy"].engine
"""


def run_suite(files: dict[str, bytes], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run pytest-alembic's default tests on an app in `folder`."""
    lay_out({**files, "tests/conftest.py": CONFTEST, "pytest.ini": b"[pytest]\n"}, folder)
    passed = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [
            sys.executable,
            "-B",
            "-m",
            "pytest",
            "--test-alembic",
            "-W",
            "error",
            "-rA",
            "-q",
            "tests",
        ],
        cwd=folder,
        env={**passed, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def outcomes(completed: subprocess.CompletedProcess[str], word: str) -> set[str]:
    """The tests whose line in pytest's summary begins with `word`."""
    lines = [x.split() for x in completed.stdout.splitlines() if x.startswith(f"{word} ")]
    return {line[1].rsplit("::", 1)[-1] for line in lines}


@pytest.mark.parametrize("lesson", MIGRATED, ids=lambda lesson: lesson.name)
def test_the_default_suite_passes(lesson: Lesson, tmp_path: Path) -> None:
    """All four default tests of pytest-alembic pass on the stage's whole history."""
    completed = run_suite(lesson.app_files(), tmp_path)
    assert completed.returncode == 0, completed.stdout[-3000:]
    assert outcomes(completed, "PASSED") == DEFAULT, completed.stdout[-3000:]


def test_the_suite_sees_what_is_wrong(tmp_path: Path) -> None:
    """The same run refuses a history without its newest revision: it does look at the stage."""
    files = {
        name: content
        for name, content in MIGRATED[1].app_files().items()
        if not name.startswith("migrations/versions/0005_")
    }
    completed = run_suite(files, tmp_path)
    assert completed.returncode == 1
    assert outcomes(completed, "FAILED") == {"test_model_definitions_match_ddl"}
