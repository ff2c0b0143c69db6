"""An answer that writes into the grader's own files gets no verdict: the next would be forged."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import remodel
from remodel.grading.own_code import changed_code, own_code

ROOT = Path(__file__).parents[2]
EXERCISE = "04-creating-and-applying/add-a-column"
REVISION = "migrations/versions/0002_furniture_has_a_colour.py"


def test_an_answer_that_writes_into_the_grader_gets_no_verdict(tmp_path: Path) -> None:
    """Neither a pass nor a fail: the message names the file."""
    package = tmp_path / "remodel"
    unread = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(remodel.__file__).parent, package, ignore=unread)
    answer = shutil.copytree(ROOT / "solutions" / EXERCISE, tmp_path / "answer")
    own, poisoned = answer / REVISION, package / "grading" / "results.py"
    text = own.read_text(encoding="utf-8")
    poison = f"def upgrade():\n    open({str(poisoned)!r}, 'a').write('#')\n    raise OSError\n"
    own.write_text(text.replace("def upgrade():\n", poison, 1), encoding="utf-8")
    file = tmp_path / "results.json"
    command = [sys.executable, "-m", "pytest", str(ROOT / "exercises" / EXERCISE)]
    command += [f"--answers={answer}", f"--results={file}"]
    places = {"PYTHONPATH": str(tmp_path), "REMODEL_COURSE": str(ROOT)}
    done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, check=False)
    results = json.loads(file.read_text(encoding="utf-8"))
    assert (done.returncode, results["status"], results["points"]) == (2, "error", 0)
    assert str(poisoned) in results["ungraded"]


def test_what_python_runs_at_its_start_is_the_graders_own_code_too() -> None:
    """An answer may leave a .pth file, which runs before any grader does."""
    now = own_code()
    there = next(path for path in now if path.endswith(".pth"))
    before = {path: written for path, written in now.items() if path != there}
    assert changed_code(now) == []
    assert changed_code(before) == [there]
    assert changed_code({**now, there: (0, 0, 0)}) == [there]
