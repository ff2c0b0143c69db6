"""What is handed in: one exercise of several, in the wrong folder, for another exercise, or not."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from tests.conftest import ROOT, SLUG, Remodel

SOLUTIONS = {
    SLUG: "04-creating-and-applying/add-a-column",
    "rename-a-column": "06-complex-changes/rename-a-column",
    "add-a-table": "04-creating-and-applying/add-a-table",
}
SCHEMA = json.loads((ROOT / "docs" / "results.schema.json").read_text(encoding="utf-8"))


def hand_in(place: Path, slug: str) -> Path:
    """Put the solution of `slug` at `place`."""
    return shutil.copytree(ROOT / "solutions" / SOLUTIONS[slug], place)


def graded(folder: Path, *slugs: str, options: tuple[str, ...] = ()) -> tuple[int, Any, str]:
    """Pytest's exit code, results.json, and what it printed."""
    file = folder.parent / "results.json"
    exercises = [f"exercises/{SOLUTIONS[slug]}" for slug in slugs]
    command = [sys.executable, "-m", "pytest", *exercises, f"--answers={folder}"]
    command += [f"--results={file}", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    return done.returncode, results, done.stdout + done.stderr


def ungraded(folder: Path, slug: str = SLUG, *options: str) -> str:
    """Why `folder` is not graded as an answer to `slug`."""
    code, results, _output = graded(folder, slug, options=options)
    jsonschema.validate(results, SCHEMA)
    assert (code, results["status"], results["points"]) == (2, "error", 0)
    assert [test for test in results["tests"] if test["misconception"]] == []
    return " ".join(str(results["ungraded"]).split())


def test_what_is_missing_was_not_handed_in(tmp_path: Path) -> None:
    """One exercise of the two is graded; the other is no failure, and nobody's belief."""
    hand_in(tmp_path / "zoe" / SLUG, SLUG)
    code, results, output = graded(tmp_path / "zoe", SLUG, "rename-a-column")
    jsonschema.validate(results, SCHEMA)
    by_slug = {result["exercise"]: result for result in results}
    assert by_slug[SLUG]["status"] == "pass"
    missing = by_slug["rename-a-column"]
    assert (missing["status"], missing["points"], code) == ("not handed in", 0, 2)
    assert {test["status"] for test in missing["tests"]} == {"skipped"}
    assert {test["misconception"] for test in missing["tests"]} == {None}
    assert "– rename-a-column: not handed in." in output
    assert "holds add-a-column, and no rename-a-column." in " ".join(output.split())
    assert "failed" not in output


def test_the_command_says_so_too(learner: Remodel, tmp_path: Path) -> None:
    """`remodel check --answers` of a folder with other exercises: exit code 2."""
    hand_in(tmp_path / "zoe" / "rename-a-column", "rename-a-column")
    checked = learner("check", SLUG, "--answers", str(tmp_path / "zoe"))
    assert checked.returncode == 2
    assert checked.stdout.startswith("– add-a-column: not handed in.")
    as_json = learner("check", SLUG, "--answers", str(tmp_path / "zoe"), "--json")
    assert json.loads(as_json.stdout)["status"] == "not handed in"


@pytest.mark.parametrize("deeper", ["handin/add-a-column", "handin", "add-a-column/add-a-column"])
def test_one_folder_too_deep_is_not_graded(tmp_path: Path, deeper: str) -> None:
    """The message names the folder that holds the answer."""
    place = hand_in(tmp_path / "zoe" / deeper, SLUG)
    assert f"{place} does. Name that folder." in ungraded(tmp_path / "zoe")


def test_an_empty_folder_is_not_graded(tmp_path: Path) -> None:
    """The message says what is expected in it."""
    (tmp_path / "zoe").mkdir()
    reason = ungraded(tmp_path / "zoe")
    assert "zoe is empty. An answer to add-a-column is hearth/models.py or migrations/" in reason


def test_what_belongs_to_nothing_is_not_graded(tmp_path: Path) -> None:
    """The message says what is there."""
    (tmp_path / "zoe").mkdir()
    (tmp_path / "zoe" / "homework.txt").write_text("done")
    reason = ungraded(tmp_path / "zoe")
    assert "holds nothing that belongs to add-a-column" in reason
    assert "There is homework.txt." in reason


def packed(remodel: Remodel, to: Path, *words: str) -> Path:
    """Pack add-a-column and unzip it as a teacher would."""
    done = remodel("pack", SLUG, *words, "--to", str(to / "handin.zip"))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(to / "handin.zip") as archive:
        archive.extractall(to / "zoe")
    return to / "zoe" / SLUG


def test_a_hand_in_says_what_it_is(learner: Remodel, tmp_path: Path) -> None:
    """handin.toml holds format, exercise, variant, version, and the name that was given."""
    import tomllib

    place = packed(learner, tmp_path, "--name", 'Zoë "Z" Ångström')
    says = tomllib.loads((place / "handin.toml").read_text(encoding="utf-8"))
    assert says.pop("course")
    name = 'Zoë "Z" Ångström'
    assert says == {"format": 1, "exercise": SLUG, "variant": 0, "name": name}
    assert "Not taken" not in learner("check", SLUG, "--answers", str(place)).stdout


def test_an_answer_to_another_exercise_is_not_graded(learner: Remodel, tmp_path: Path) -> None:
    """Before, it was told that two of its files are both revision 0002."""
    learner.solve()
    place = packed(learner, tmp_path)
    reason = ungraded(place, "rename-a-column")
    assert "is an answer to add-a-column, and is graded as one to rename-a-column." in reason


def test_a_folder_that_is_called_like_another_exercise_is_not_graded(tmp_path: Path) -> None:
    """Who hands in without `remodel pack` has no handin.toml; the folder's name is left."""
    place = hand_in(tmp_path / "zoe" / SLUG, SLUG)
    reason = ungraded(place, "rename-a-column")
    assert "is an answer to add-a-column, and is graded as one to rename-a-column." in reason


def test_a_folder_has_no_say_in_its_variant(remodel: Remodel, tmp_path: Path) -> None:
    """A playground of variant 1 is graded as the variant that was asked for, or not at all."""
    assert remodel("start", "add-a-table", "--variant", "1").returncode == 0
    begun = shutil.copytree(remodel.course / "playground" / "add-a-table", tmp_path / "zoe")
    reason = ungraded(begun, "add-a-table")
    assert "is an answer to variant 1 of add-a-table" in reason
    assert "grade it with --variant 1." in reason
    code, results, _output = graded(begun, "add-a-table", options=("--variant", "1"))
    assert (code, results["status"]) == (1, "fail")


def test_a_handin_toml_of_another_format_is_not_graded(tmp_path: Path) -> None:
    """The message names file, line and what to do."""
    place = hand_in(tmp_path / "zoe", SLUG)
    (place / "handin.toml").write_text(f'format = 2\nexercise = "{SLUG}"\n')
    reason = ungraded(place)
    assert "handin.toml:1: 'format' is 2, and this version of Remodel reads 1." in reason


def test_an_exercise_without_variants_has_none(looking: Remodel, tmp_path: Path) -> None:
    """The message names those that have; where one of several has them, the others are as usual."""
    for refused in (
        looking("start", SLUG, "--variant", "3"),
        looking("check", SLUG, "--answers", "solution", "--variant", "3"),
    ):
        assert refused.returncode == 2
        said = " ".join(refused.stderr.split())
        assert "add-a-column has no variants, so there is no variant 3." in said
        assert "add-a-table (0 to 2)" in said
    place = hand_in(tmp_path / "zoe" / SLUG, SLUG)
    code, _results, output = graded(place.parent, SLUG, options=("--variant", "3"))
    assert code != 0
    assert "add-a-column has no variants" in output
    _code, both, _output = graded(place.parent, SLUG, "add-a-table", options=("--variant", "3"))
    assert {result["status"] for result in both} == {"pass", "not handed in"}
