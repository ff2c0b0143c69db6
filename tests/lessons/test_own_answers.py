"""Lesson 7's own release and rename are handed in as answers to the exercises that ask for one."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.edits import replace_once
from remodel.course.layout import MODELS
from remodel.scratch import lay_out
from tests.conftest import ROOT, Remodel

COURSE = find_course()
LESSON = COURSE.lessons["07-deployment-pipelines"].path
VERSIONS = "migrations/versions"
#: What the lesson renames in its rooms, the exercise renames in its furniture, three revisions up.
REVISIONS = {"0015": "0008", "0016": "0009", "0017": "0010", "0018": "0011"}
ROOMS = REVISIONS | {"room": "furniture", "colour": "name", "paint": "label", "30": "80"}
ROOMS |= {"PAINT": "LABEL"}
#: Where the column is required, the lesson shows another copy, which is about the furniture.
REQUIRED = REVISIONS | {"label": "name", "title": "label"}


def reworded(file: str, words: Mapping[str, str]) -> str:
    """A file of the lesson with each of `words` exchanged, and nothing else."""
    text = (LESSON / "deploy" / file).read_text(encoding="utf-8")
    return re.sub("|".join(words), lambda found: words[found[0]], text)


@pytest.mark.slow
def test_the_release_of_the_lesson_passes_its_own_exercise(remodel: Remodel) -> None:
    """As it stands in the lesson, byte for byte, beside the files that the exercise's app lacks."""
    exercise = COURSE.exercise("release-command")
    given = remodel.course / exercise.path.relative_to(ROOT) / "hearth"
    for room in (LESSON / "hearth").glob("*.py"):
        if f"hearth/{room.name}" not in exercise.given:
            shutil.copy(room, given)
    handed_in = remodel.course / "handed-in"
    (handed_in / "hearth").mkdir(parents=True)
    shutil.copy(LESSON / "hearth" / "release.py", handed_in / "hearth")
    done = remodel("check", exercise.slug, "--answers", str(handed_in), "--changed-course")
    assert done.returncode == 0, done.stdout


def renamed() -> dict[str, str]:
    """The files of the lesson's rename, with the names of the exercise."""
    taken = {16: ("rename", ROOMS), 17: ("rename-required", REQUIRED), 18: ("rename", ROOMS)}
    files = dict[str, str]()
    for number, (folder, words) in taken.items():
        (place,) = (LESSON / "deploy" / folder / VERSIONS).glob(f"00{number}_*.py")
        name = f"{REVISIONS[place.name[:4]]}{place.name[4:]}"
        files[f"{VERSIONS}/{name}"] = reworded(f"{folder}/{VERSIONS}/{place.name}", words)
    given = COURSE.exercise("rename-without-downtime").given[MODELS].decode()
    column = "    name: Mapped[str] = mapped_column(String(80))\n"
    files[MODELS] = replace_once(given, column, column.replace("Str", '"label", Str'), MODELS)
    release_a = {
        column: "",
        "class Furniture(db.Model)": "class Furniture(Painted, db.Model)",
        "class Room(": f"{reworded('rename/hearth/paint.py', ROOMS)}\n\nclass Room(",
    }
    for old, new in release_a.items():
        given = replace_once(given, old, new, MODELS)
    return files | {"releases/a.py": given}


@pytest.mark.slow
def test_the_rename_of_the_lesson_passes_its_own_exercise(looking: Remodel, tmp_path: Path) -> None:
    """It differs in the names, and is laid over the models as the lesson says."""
    lay_out({file: text.encode() for file, text in renamed().items()}, tmp_path)
    done = looking("check", "rename-without-downtime", "--answers", str(tmp_path))
    assert done.returncode == 0, done.stdout
