"""Without a browser a learner's tests skip; where one is required, that is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from remodel.course.catalog import find_course

TEST = "tests/site/browser/test_quiz.py::test_choosing_is_not_submitting"


@pytest.mark.parametrize(
    ("browser", "package"), [("chromium", "chromium"), ("firefox", "firefox-esr")]
)
@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("browser", "1 error")])
def test_a_missing_browser_skips_or_fails(
    tmp_path: Path, browser: str, package: str, required: str, outcome: str
) -> None:
    test = f"{TEST}[{browser}]"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]
    env = {**os.environ, "PATH": str(tmp_path), "REMODEL_REQUIRE": required}
    done = subprocess.run(
        command, cwd=find_course().root, env=env, capture_output=True, text=True, timeout=120
    )
    assert outcome in done.stdout
    assert f"apt-get install {package}" in done.stdout
