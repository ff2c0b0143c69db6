"""results.json is what docs/results.schema.json says, whatever came of the grading."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

ROOT = Path(__file__).parents[2]
EXERCISE = "exercises/04-creating-and-applying/add-a-column"
SCHEMA = json.loads((ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8"))


def results_of(tmp_path: Path, *answers: str, root: Path = ROOT) -> tuple[int, Any]:
    """Pytest's exit code and the results.json that it wrote."""
    file = tmp_path / "results.json"
    named = [word for answer in answers for word in ("--answers", answer)]
    command = [sys.executable, "-m", "pytest", EXERCISE, "--results", str(file), *named]
    completed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert file.exists(), completed.stdout + completed.stderr
    return completed.returncode, json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("answer", "code", "status"), [("starter", 1, "fail"), ("solution", 0, "pass")]
)
def test_results_follow_the_schema(tmp_path: Path, answer: str, code: int, status: str) -> None:
    """A pass and a fail are told alike, and the exit code says the same."""
    exit_code, results = results_of(tmp_path, answer)
    jsonschema.validate(results, SCHEMA)
    assert (exit_code, results["status"]) == (code, status)


def test_what_was_not_graded_is_an_error_and_never_a_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exercise that was not started has the status error, no points, and exit code 2."""
    for name in ("lessons", "exercises", "solutions"):
        shutil.copytree(ROOT / name, tmp_path / "course" / name)
    monkeypatch.setenv("REMODEL_COURSE", str(tmp_path / "course"))
    exit_code, results = results_of(tmp_path, "playground", root=tmp_path / "course")
    jsonschema.validate(results, SCHEMA)
    assert (exit_code, results["status"], results["points"]) == (2, "error", 0)
    assert "remodel start add-a-column" in results["ungraded"]


def test_a_starter_scores_nothing(tmp_path: Path) -> None:
    """Guards alone earn nothing, so nothing is earned by doing nothing."""
    _code, results = results_of(tmp_path, "starter")
    assert results["points"] == 0
    assert results["max_points"] > 0


def test_several_answers_make_a_list(tmp_path: Path) -> None:
    """One object for each answer, in the order in which they were named."""
    code, results = results_of(tmp_path, "starter", "solution")
    jsonschema.validate(results, SCHEMA)
    assert [each["answer"] for each in results] == ["starter", "solution"]
    assert code == 1
