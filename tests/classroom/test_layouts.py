"""What a class hands in is read however it comes, and what cannot be read says why."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from remodel.classroom.submissions import Submission, collect
from remodel.course.catalog import Catalog
from remodel.errors import RemodelError
from tests.classroom.conftest import Packing, unpacked, zip_of

BOTH = ("add-a-column", "rename-a-column")
ZOE = dict.fromkeys(BOTH, "solution")
BEN = {"add-a-column": "starter"}


def read(catalog: Catalog, *paths: Path, due: datetime | None = None) -> list[Submission]:
    """What was handed in at `paths`."""
    return collect(paths, catalog.exercises, BOTH, due)


def folders(place: Path, zoe: bytes, ben: bytes) -> Path:
    """A folder for each learner."""
    unpacked(zoe, place / "zoe")
    unpacked(ben, place / "ben")
    return place


def zips(place: Path, zoe: bytes, ben: bytes) -> Path:
    """A zip for each learner."""
    (place / "zoe.zip").write_bytes(zoe)
    (place / "ben.zip").write_bytes(ben)
    return place


def one_too_deep(place: Path, zoe: bytes, ben: bytes) -> Path:
    """What a file manager makes of a zip, and a class in a folder of its own."""
    unpacked(zoe, place / "week 4" / "zoe" / "handin")
    unpacked(ben, place / "week 4" / "ben" / "handin" / "handin")
    return place


def zips_in_folders(place: Path, zoe: bytes, ben: bytes) -> Path:
    """A folder for each learner, with the zip as it was handed in."""
    for name, content in (("zoe", zoe), ("ben", ben)):
        (place / name).mkdir()
        (place / name / "handin.zip").write_bytes(content)
    return place


def one_zip(place: Path, zoe: bytes, ben: bytes) -> Path:
    """Everybody's zips in one, with what macOS puts there."""
    inside = {"zoe.zip": zoe, "ben.zip": ben, "__MACOSX/._zoe.zip": b"?", ".DS_Store": b"?"}
    (place / "all.zip").write_bytes(zip_of(inside))
    return place / "all.zip"


def by_exercise(place: Path, zoe: bytes, ben: bytes) -> Path:
    """A folder for each exercise, in it one for each learner, or a zip."""
    for name, content in (("zoe", zoe), ("ben", ben)):
        for folder in unpacked(content, place / "packed" / name).iterdir():
            folder.rename(place / name)
            (place / folder.name).mkdir(exist_ok=True)
            (place / name).rename(place / folder.name / name)
    shutil.rmtree(place / "packed")
    return place


LAYOUTS = [folders, zips, one_too_deep, zips_in_folders, one_zip, by_exercise]


def test_an_empty_folder_is_of_somebody_who_handed_nothing_in(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """It is no hand-in that cannot be read, and the learner is in the gradebook."""
    unpacked(packed("", BEN), tmp_path / "ben")
    (tmp_path / "zoe" / "week 4").mkdir(parents=True)
    ben, zoe = read(catalog, tmp_path)
    assert (ben.person.id, zoe.person.id) == ("ben", "zoe")
    assert (zoe.answers, zoe.problem) == ({}, "")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read(
    catalog: Catalog,
    packed: Packing,
    tmp_path: Path,
    layout: Callable[[Path, bytes, bytes], Path],
) -> None:
    """Folders and zips, one folder too deep or all in one: each answer is where it belongs."""
    place = layout(tmp_path, packed("Zoë", ZOE), packed("", BEN))
    ben, zoe = read(catalog, place)
    assert [ben.person.id, zoe.person.id] == ["ben", "zoe"]
    assert (ben.person.name, zoe.person.name) == ("ben", "Zoë")
    assert set(zoe.answers) == set(BOTH)
    assert set(ben.answers) == {"add-a-column"}
    assert "handin.toml" in zoe.answers["add-a-column"]
    assert [ben.problem, zoe.problem] == ["", ""]


MOODLE = (
    "{name}_{number}_assignsubmission_file_/handin.zip",
    "{name}_{number}_assignsubmission_file_handin.zip",
)


@pytest.mark.parametrize("pattern", MOODLE)
def test_a_download_from_moodle_is_read(
    catalog: Catalog, packed: Packing, tmp_path: Path, pattern: str
) -> None:
    """Two people of one name are two: Moodle gives each a number."""
    zoe = packed("another name", ZOE)
    names = [pattern.format(name="Anna Bell", number=n) for n in ("11", "12")]
    (tmp_path / "moodle.zip").write_bytes(zip_of({names[0]: zoe, names[1]: packed("", BEN)}))
    first, second = read(catalog, tmp_path / "moodle.zip")
    assert {first.person.name, second.person.name} == {"Anna Bell"}
    assert (first.person.number, second.person.number) == ("11", "12")
    assert set(first.answers) == set(BOTH)


def test_a_download_from_canvas_is_read(catalog: Catalog, packed: Packing, tmp_path: Path) -> None:
    """Of several attempts the last counts, and what Canvas marks as late is late."""
    inside = {
        "bellanna_11_501_handin.zip": packed("", {"add-a-column": "starter"}),
        "bellanna_LATE_11_502_handin-1.zip": packed("", {"add-a-column": "solution"}),
        "carol_12_503_handin.zip": packed("", BEN),
    }
    (tmp_path / "submissions.zip").write_bytes(zip_of(inside))
    anna, carol = read(catalog, tmp_path / "submissions.zip")
    assert "answer.toml" not in anna.answers["add-a-column"]  # the starter says so in one
    assert (anna.person.late, carol.person.late) == (True, False)


def test_a_repository_counts_as_it_was_when_it_was_due(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """Of a git repository, the last commit before the due date is graded."""
    place = tmp_path / "zoe"
    unpacked(packed("", ZOE), place / "playground")

    def commit(day: str) -> None:
        when = f"2026-01-{day}T12:00:00+00:00"
        env = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "PATH": "/usr/bin:/bin"}
        identity = ("-c", "user.name=Zoe", "-c", "user.email=zoe@example.org")
        for words in (("init", "-q"), ("add", "."), ("commit", "-qm", day)):
            subprocess.run(["git", *identity, *words], cwd=place, env=env, check=True)

    commit("10")
    (place / "playground" / "add-a-column" / "hearth" / "models.py").write_text("later")
    commit("20")
    due = datetime.fromisoformat("2026-01-15T00:00:00+00:00")
    (then,) = read(catalog, tmp_path, due=due)
    (now,) = read(catalog, tmp_path)
    assert set(then.answers) == set(BOTH)
    assert then.answers["add-a-column"]["hearth/models.py"] != b"later"
    assert now.answers["add-a-column"]["hearth/models.py"] == b"later"
    assert then.at is not None and then.at.day == 10


def test_files_without_a_folder_are_an_answer_to_the_one_exercise(
    catalog: Catalog, tmp_path: Path
) -> None:
    """Where one exercise was asked for, its files need no folder of its name."""
    file = tmp_path / "zoe" / "work" / "hearth" / "models.py"
    file.parent.mkdir(parents=True)
    file.write_text("mine")
    (zoe,) = collect([tmp_path], catalog.exercises, ["add-a-column"])
    assert zoe.answers == {"add-a-column": {"hearth/models.py": b"mine"}}


def traps(packed: bytes) -> dict[str, tuple[bytes, str]]:
    """Zips that cannot be graded, each with words of what is said of it."""
    bomb = zip_of({"add-a-column/hearth/models.py": b"\0" * 68_000_000})
    lie = zip_of({"add-a-column/hearth/models.py": b"\0" * 5_000})
    size = (5_000).to_bytes(4, "little")
    versions = "add-a-column/migrations/versions"
    return {
        "half": (packed[: len(packed) // 2], "only a part"),
        "text": (b"my homework", "no zip"),
        "slip": (zip_of({"../../evil.py": b"x"}), "outside"),
        "drive": (zip_of({"C:\\evil.py": b"x"}), "outside"),
        "bomb": (bomb, "more than 64 MB"),
        "lie": (lie.replace(size, (7).to_bytes(4, "little")), "models.py"),
        "other": (zip_of({"essay.docx": b"x"}), "essay.docx"),
        "many": (
            zip_of({f"{versions}/{n}.py": b"" for n in range(5_001)}),
            "5001 files",
        ),
    }


def test_no_zip_stops_the_rest_and_each_says_what_is_wrong(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """Broken zips, bombs and paths that lead elsewhere are named; nothing lands outside."""
    good = packed("", ZOE)
    expected = traps(good)
    (tmp_path / "in").mkdir()
    for name, (content, _) in expected.items():
        (tmp_path / "in" / f"{name}.zip").write_bytes(content)
    (tmp_path / "in" / "zoe.zip").write_bytes(good)
    said = {each.person.id: each.problem for each in read(catalog, tmp_path / "in")}
    assert said.pop("zoe") == ""
    assert said.keys() == expected.keys()
    for name, (_, words) in expected.items():
        assert words in said[name], name
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_of_two_answers_the_later_one_counts_and_is_named(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """Of two zips the one with the higher name; a folder counts before a zip that lies in it."""
    (tmp_path / "zoe").mkdir()
    (tmp_path / "ben.zip").write_bytes(packed("", BEN))
    for name, answer in (("", "starter"), ("-2", "starter"), ("-10", "solution")):
        content = packed("", {"add-a-column": answer})
        (tmp_path / "zoe" / f"handin{name}.zip").write_bytes(content)
    _, zoe = read(catalog, tmp_path)
    assert "hearth/models.py" in zoe.answers["add-a-column"]
    unpacked(packed("", BEN), tmp_path / "zoe")
    (zoe,) = read(catalog, tmp_path / "zoe")
    assert "hearth/models.py" not in zoe.answers["add-a-column"]
    assert zoe.notes == ("add-a-column is there more than once. add-a-column was graded.",)


def test_what_is_no_zip_is_named_and_a_gradebook_is_nobody(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """Another archive is reported; other files, and the gradebook of the last time, are not."""
    unpacked(packed("", ZOE), tmp_path / "zoe")
    for name in ("ben.rar", "notes.txt", "gradebook/class.html", "gradebook/results/unsafe"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    ben, zoe = read(catalog, tmp_path)
    assert (ben.person.id, zoe.person.id) == ("ben.rar", "zoe")
    assert "neither a folder nor a zip" in ben.problem


def test_a_link_in_a_zip_is_no_file(catalog: Catalog, tmp_path: Path) -> None:
    """A link is not followed and not laid out."""
    link = zipfile.ZipInfo("zoe/add-a-column/hearth/models.py")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "zoe.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("zoe/add-a-column/handin.toml", "")
    (zoe,) = read(catalog, tmp_path)
    assert zoe.answers == {"add-a-column": {"handin.toml": b""}}


def test_a_path_that_is_not_there_is_named(catalog: Catalog, tmp_path: Path) -> None:
    """A mistyped path is an error, and no class of nobody."""
    with pytest.raises(RemodelError, match="is not there"):
        read(catalog, tmp_path / "nowhere")


def test_the_same_twice_is_one_and_two_of_one_name_are_two(
    catalog: Catalog, packed: Packing, tmp_path: Path
) -> None:
    """A zip beside its own folder counts once; another hand-in of that name gets a number."""
    zoe = packed("Zoe", ZOE)
    for group in ("a", "b", "c"):
        (tmp_path / group).mkdir()
    (tmp_path / "a" / "zoe.zip").write_bytes(zoe)
    unpacked(zoe, tmp_path / "b" / "zoe")
    (tmp_path / "c" / "zoe.zip").write_bytes(packed("Zoe", BEN))
    both = read(catalog, *(tmp_path / group for group in ("a", "b", "c")))
    assert [each.person.id for each in both] == ["zoe", "zoe (2)"]
