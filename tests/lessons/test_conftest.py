"""Lesson 3's conftest.py gives each stage from there on a database in memory."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.lesson import Lesson
from remodel.scratch import lay_out

LESSONS = find_course().lessons
TESTS = LESSONS["03-setting-up"].path / "tests"
MIGRATED = [lesson for lesson in LESSONS.values() if lesson.number >= 3]


@pytest.mark.parametrize("lesson", MIGRATED, ids=lambda lesson: lesson.name)
def test_the_revisions_build_a_database_in_memory(lesson: Lesson, tmp_path: Path) -> None:
    """`upgrade()` leaves the tables where the app then finds them, and no connection open."""
    lay_out(lesson.app_files(), tmp_path)
    shutil.copytree(TESTS, tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    passed = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    settings = {"PYTHONPATH": str(tmp_path), "ARCHIVE_DATABASE_URL": "sqlite://"}
    done = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", "-W", "error", "-q", "tests"],
        cwd=tmp_path,
        env={**passed, **settings, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "instance").exists() or not list((tmp_path / "instance").iterdir())
