"""The lessons: seven apps that cannot drift, and pages that say what is so."""

import re
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.course.lesson import Lesson
from remodel.course.python_source import symbol
from remodel.course.stages import carry_forward, drift
from remodel.errors import CourseError
from remodel.site.blocks.lesson import show_transcript
from remodel.site.refresh import stale
from remodel.site.transcripts.flask_shell import answered
from remodel.site.transcripts.normalising import normalised

COURSE = find_course()
LESSONS = list(COURSE.lessons.values())
HEADINGS = (
    "Before reading on",
    "Mental model",
    "Build it up",
    "What changed",
    "Under the hood",
    "Deep dive",
    "Check yourself",
    "Pitfalls",
    "Connections",
    "Takeaways",
)
FORBIDDEN = re.compile(r"\b(simply|just|easy|easily|obviously)\b", re.IGNORECASE)
GENERATED = re.compile(r"<!-- \[\[\[cog.*?\[\[\[end\]\]\] -->", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
MODELS, FIRST = "hearth/models.py", "migrations/versions/0001_baseline.py"


def prose(page: Path) -> str:
    """What a person wrote: neither generated blocks nor code."""
    return CODE.sub("", GENERATED.sub("", page.read_text(encoding="utf-8")))


@pytest.fixture
def course(tmp_path: Path) -> Catalog:
    """Two small stages in order: the second changes the models and nothing else."""
    add_stage(
        tmp_path, "01-one", [MODELS, FIRST, "wsgi.py"], {MODELS: "a", FIRST: "b", "wsgi.py": "c"}
    )
    add_stage(tmp_path, "02-two", [MODELS], {MODELS: "A", FIRST: "b", "wsgi.py": "c"})
    (tmp_path / "exercises").mkdir()
    return Catalog(tmp_path)


def add_stage(
    root: Path, name: str, changes: list[str], files: dict[str, str], more: str = ""
) -> None:
    folder = root / "lessons" / name
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "lesson.toml").write_text(
        f'title = "T"\nlevel = "Foundation"\nminutes = {{ teaching = 1 }}\n'
        f'begins = {{ app = "01-first" }}\nchanges = {changes!r}\n'
        f"questions = []\nobjectives = []\nkey_points = []\n{more}",
        encoding="utf-8",
    )


def stage(course: Catalog, file: str) -> Path:
    return course.root / "lessons" / "02-two" / file


def test_no_stage_of_the_course_drifts() -> None:
    assert drift(COURSE) == []


def test_stages_in_order_are_no_drift(course: Catalog) -> None:
    assert drift(course) == []


def test_an_undeclared_edit_is_drift(course: Catalog) -> None:
    stage(course, "wsgi.py").write_text("other", encoding="utf-8")
    assert "02-two/wsgi.py differs and is not declared" in drift(course)[0]


def test_an_undeclared_new_file_is_drift(course: Catalog) -> None:
    stage(course, "hearth/new.py").write_text("", encoding="utf-8")
    assert "hearth/new.py is new and is not declared" in drift(course)[0]


def test_a_missing_file_is_drift(course: Catalog) -> None:
    stage(course, "wsgi.py").unlink()
    assert "wsgi.py is missing and is not declared" in drift(course)[0]


def test_a_declared_change_must_be_one(course: Catalog) -> None:
    stage(course, MODELS).write_text("a", encoding="utf-8")
    assert "declares 'hearth/models.py' as changed" in drift(course)[0]


def test_what_a_stage_removes_must_be_gone(course: Catalog) -> None:
    add_stage(course.root, "02-two", [MODELS], {}, 'removes = ["wsgi.py"]')
    assert "wsgi.py should be gone" in drift(course)[0]


def test_a_revision_of_an_earlier_stage_is_never_edited_even_when_declared(course: Catalog) -> None:
    add_stage(course.root, "02-two", [MODELS, FIRST], {FIRST: "changed"})
    assert [problem for problem in drift(course) if "a revision of an earlier stage" in problem]


def test_carrying_forward_restores_what_is_not_declared(course: Catalog) -> None:
    stage(course, "wsgi.py").write_text("other", encoding="utf-8")
    assert carry_forward(course) == ["lessons/02-two/wsgi.py"]
    assert drift(course) == []
    assert stage(course, MODELS).read_text(encoding="utf-8") == "A"


def test_no_page_is_stale() -> None:
    assert stale(COURSE, rerun=False) == []


@pytest.mark.slow
def test_every_transcript_is_what_the_commands_print_today() -> None:
    assert stale(COURSE) == []


def test_a_symbol_is_found_with_its_decorators_and_comment() -> None:
    text = "x = 1\n\n# Why.\n@d\nclass A:\n    b: int = 2\n\n    def c(self):\n        pass\n"
    assert symbol(text, "A.c") == "def c(self):\n    pass"
    assert symbol(text, "A").startswith("# Why.\n@d\nclass A:")


def test_a_symbol_that_is_not_there_is_an_error() -> None:
    with pytest.raises(CourseError, match="no 'Z'"):
        symbol("x = 1", "Z")


def test_a_transcript_hides_the_place_the_day_and_the_frames(tmp_path: Path) -> None:
    said = (
        f"Generating {tmp_path}/migrations/0002_x.py ...  done\nRevision ID: 0002\nRevises: 0001\n"
        "Create Date: 2031-05-05 01:02:03.4\nTraceback (most recent call last):\n  File 'x'\n"
        "ValueError: first\n\nDuring this:\n\nTraceback (most recent call last):\n  y\n"
        "KeyError: 'z'\n"
    )
    assert normalised(said, tmp_path) == (
        "Generating migrations/0002_x.py ... done\nRevision ID: 0002\nRevises: 0001\n"
        "Create Date: 2026-01-02 12:00:00.000000\nTraceback (most recent call last):\n[...]\n"
        "KeyError: 'z'"
    )


def test_a_transcript_leaves_out_what_alembic_says_of_itself(tmp_path: Path) -> None:
    """Where it is wanted for once, its plugins still are one line, whatever their number."""
    told, runtime = "INFO  [alembic.runtime.migration] Running upgrade", "INFO  [alembic.runtime."
    kind = f"{runtime}migration] Context impl SQLiteImpl."
    said = f"{kind}\n{runtime}plugins] a\n{runtime}plugins] b\n{told}\n"
    assert normalised(said, tmp_path) == told
    assert normalised(said, tmp_path, set_up=True).splitlines() == [kind, "[...]", told]


def test_a_telling_line_of_a_transcript_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines that are the text, or else hold it; one that no line holds is an error."""
    for telling, marked in (("0001", "2"), ("000", "2 3"), ("(head)", "3")):
        show_transcript("$ flask db current\n0001\n0001 (head)\n", [telling], "Shown")
        assert f'title="Shown" hl_lines="{marked}"\n' in capsys.readouterr().out
    with pytest.raises(CourseError, match="No line holds '0002'"):
        show_transcript("0001\n", ["0002"])


def test_a_transcript_that_shows_a_revision_hides_its_day(tmp_path: Path) -> None:
    """`flask db show` indents the docstring of the file."""
    said = "    Revision ID: 0004\n    Revises: 0003\n    Create Date: 2031-05-05 01:02:03.4\n"
    assert normalised(said, tmp_path).endswith("Create Date: 2026-01-04 12:00:00.000000")


def test_a_transcript_names_foreign_keys_in_one_order(tmp_path: Path) -> None:
    """SQLAlchemy keeps them in a set: without this, two runs differed."""
    a, b = (
        "\tCONSTRAINT fk_a FOREIGN KEY(a) REFERENCES a (id)",
        "\tCONSTRAINT fk_b FOREIGN KEY(b) X",
    )
    assert normalised(f"(\n{b}, \n{a}\n)", tmp_path) == f"(\n{a},\n{b}\n)"
    assert normalised(f"(\n{a}, \n{b}\n)", tmp_path) == f"(\n{a},\n{b}\n)"


def test_a_transcript_shows_sql_without_the_moment_and_without_empty_parameters(
    tmp_path: Path,
) -> None:
    engine = "2031-05-05 01:02:03,456 INFO sqlalchemy.engine.Engine"
    said = (
        f"{engine} INSERT INTO room (name) VALUES (?)\n"
        f"{engine} [generated in 0.00012s] ('Hall',)\n"
        f"{engine} SELECT 1\n{engine} [raw sql] ()\n{engine} COMMIT\n"
    )
    assert normalised(said, tmp_path).splitlines() == [
        "[...] INSERT INTO room (name) VALUES (?)",
        "[...] ('Hall',)",
        "[...] SELECT 1",
        "[...] COMMIT",
    ]


def test_each_line_of_a_shell_is_paired_with_its_answer() -> None:
    said = "Python 3\nApp: hearth\n>>> >>> 6\n>>> ... ... a\nb >>> c\n>>> "
    lines = ["x = 6", "x", "for y in z:", "    y", "", "exit()"]
    assert answered(lines, said) == [
        (">>> x = 6", ""),
        (">>> x", "6\n"),
        (">>> for y in z:", ""),
        ("...     y", ""),
        ("...", "a\nb >>> c\n"),
    ]


def test_what_the_shell_says_to_the_last_line_is_shown() -> None:
    assert answered(["exit()"], "Python 3\n>>> ROLLBACK\n") == [(">>> exit()", "ROLLBACK\n")]


def test_a_shell_that_left_too_soon_is_an_error() -> None:
    with pytest.raises(CourseError, match="1 lines of 2"):
        answered(["exit()", "x"], "Python 3\n>>> ")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_lesson_has_the_fixed_headings_in_their_order(lesson: Lesson) -> None:
    found = re.findall(r"^## (.+)$", prose(lesson.path / "README.md"), re.MULTILINE)
    assert found == [heading for heading in HEADINGS if heading in found]
    assert {"What changed", "Connections", "Takeaways"} <= set(found)


def test_lesson_4_has_every_heading() -> None:
    page = COURSE.lessons["04-creating-and-applying"].path / "README.md"
    assert tuple(re.findall(r"^## (.+)$", prose(page), re.MULTILINE)) == HEADINGS


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_page_of_a_lesson_is_at_most_2000_words_of_prose(lesson: Lesson) -> None:
    assert [page for page in lesson.pages if len(prose(page).split()) > 2000] == []


@pytest.mark.parametrize("pattern", ["lessons/*/*.md", "lessons/*/quiz.toml", "docs/**/*.md"])
def test_no_page_belittles_the_reader(pattern: str) -> None:
    pages = [page for page in COURSE.root.glob(pattern) if FORBIDDEN.search(prose(page))]
    assert pages == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_transcript_of_a_lesson_is_shown(lesson: Lesson) -> None:
    page = "".join(each.read_text(encoding="utf-8") for each in lesson.pages)
    stems = {file.stem for file in (lesson.path / "transcripts").glob("*.toml")}
    assert stems and stems <= set(re.findall(r'(?:transcript|shown)\("([\w-]+)"[,)]', page))
