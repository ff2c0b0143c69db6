"""What a learner hands in: the zip gets the verdict that the folder gets."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SLUG, Remodel, in_terminal

VERSIONS = "migrations/versions"


def unpacked(remodel: Remodel, *words: str) -> tuple[Path, list[str]]:
    """Pack, and unzip elsewhere, as a teacher would."""
    file = remodel.course.parent / "handed in.zip"
    packed = remodel("pack", *words, "--to", str(file))
    assert packed.returncode == 0, packed.stderr
    folder = remodel.course.parent / "unzipped"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
        return folder, archive.namelist()


def verdict(remodel: Remodel, *words: str) -> dict[str, object]:
    """Status and failed checks of add-a-column."""
    told = json.loads(remodel("check", SLUG, "--seed", "7", "--json", *words).stdout)
    return {
        "status": told["status"],
        "failed": [test["name"] for test in told["tests"] if test["status"] == "fail"],
    }


def untouched(_remodel: Remodel) -> None:
    """Hand in the starter."""


def solved(remodel: Remodel) -> None:
    """Hand in the solution."""
    remodel.solve()


def baseline_edited(remodel: Remodel) -> None:
    """Solve it, but edit the revision that is deployed."""
    remodel.solve()
    baseline = next((remodel.begun / VERSIONS).glob("0001*"))
    baseline.write_text(baseline.read_text() + "TIDIED = True\n")


def baseline_deleted(remodel: Remodel) -> None:
    """Solve it, but delete the revision that is deployed."""
    remodel.solve()
    next((remodel.begun / VERSIONS).glob("0001*")).unlink()


def models_deleted(remodel: Remodel) -> None:
    """Delete a file that the exercise gave and takes."""
    remodel.solve()
    (remodel.begun / "hearth" / "models.py").unlink()


def other_files_edited(remodel: Remodel) -> None:
    """Solve it, and edit what is not taken."""
    remodel.solve()
    (remodel.begun / "hearth" / "pages.py").write_text("raise SystemExit\n")
    (remodel.begun / "conftest.py").write_text("")


HANDED_IN = [
    untouched,
    solved,
    baseline_edited,
    baseline_deleted,
    models_deleted,
    other_files_edited,
]


@pytest.mark.parametrize("work", HANDED_IN, ids=lambda work: work.__name__)
def test_the_zip_gets_the_verdict_that_the_folder_gets(
    learner: Remodel, work: Callable[[Remodel], None]
) -> None:
    """Pack, unzip, `check --answers`: the same status and the same failed checks."""
    work(learner)
    folder, _names = unpacked(learner, SLUG)
    passes = work in (solved, other_files_edited)
    ours = verdict(learner)
    assert ours["status"] == ("pass" if passes else "fail")
    assert verdict(learner, "--answers", str(folder)) == ours


def test_only_what_the_learner_changed_is_handed_in(learner: Remodel) -> None:
    """No given file, no database, no file that is not taken; the same bytes every time."""
    other_files_edited(learner)
    folder, names = unpacked(learner)
    others = [Path(name).name for name in names if VERSIONS not in name]
    assert others == ["handin.toml", "models.py"]
    assert [name for name in names if VERSIONS in name and "0001" in name] == []
    assert all(name.startswith("add-a-column/") for name in names)
    first = (folder.parent / "handed in.zip").read_bytes()
    unpacked(learner)
    assert (folder.parent / "handed in.zip").read_bytes() == first


def test_who_has_changed_nothing_is_told(learner: Remodel) -> None:
    """An empty hand-in is possible and does not go unnoticed."""
    assert "You have changed nothing in add-a-column yet." in learner("pack").stdout
    learner.solve()
    assert "You have changed nothing" not in learner("pack").stdout


def test_inside_the_folder_the_zip_is_put_beside_it(learner: Remodel) -> None:
    """In it, the zip would be one more file that the exercise does not take."""
    learner.solve()
    packed = learner("pack", cwd=learner.begun)
    assert packed.returncode == 0
    assert (learner.begun.parent / "handin.zip").exists()
    assert "Not taken" not in learner("check").stdout


def test_pack_never_overwrites_what_is_no_zip(learner: Remodel) -> None:
    """A slip with --to costs nobody a file."""
    letter = learner.course.parent / "letter.txt"
    letter.write_text("Dear Ada")
    assert learner("pack", "--to", str(letter)).returncode == 2
    assert letter.read_text() == "Dear Ada"


def test_nothing_begun_is_nothing_to_pack(looking: Remodel) -> None:
    """It says so and how to find an exercise."""
    told = looking("pack")
    assert told.returncode == 2
    assert "remodel list" in told.stderr


def test_a_terminal_is_asked_for_the_name(learner: Remodel) -> None:
    """Who hands in says who they are; a program is not asked."""
    learner.solve()
    shown = in_terminal(learner, "pack", SLUG, typed="Zoe\n")
    assert "Your name, for whoever grades it" in " ".join(shown.split())
    with zipfile.ZipFile(learner.course / "handin.zip") as archive:
        assert 'name = "Zoe"' in archive.read(f"{SLUG}/handin.toml").decode()
