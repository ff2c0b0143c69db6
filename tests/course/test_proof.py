"""What stands under "See it happen": the run of a test, the telling lines, and the test behind."""

from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.messages import Message, read_messages
from remodel.course.proof import asserted, proof_of, read_shown, shown_text, telling_lines
from remodel.errors import CourseError
from remodel.experiments.recording import claimed

COURSE = find_course()
MESSAGES = read_messages(COURSE.layout.error_messages)
TEST = "tests/experiments/test_x.py::test_y"
SHOWN = "$ flask db check\nERROR A column\n    is missing.\n\nsql> SELECT 1\n(no rows)"


def course(folder: Path, source: str, shown: dict[str, str]) -> Path:
    """A course of one experiment, and what it showed."""
    file = folder / TEST.partition("::")[0]
    file.parent.mkdir(parents=True)
    file.write_text(source, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/experiments.json").write_text(shown_text(shown), encoding="utf-8")
    return folder


def test_what_happens_stands_before_the_test(tmp_path: Path) -> None:
    """With its telling lines marked, over a line break; the test is in a fold of its own."""
    source = 'def test_y(house):\n    assert "A column is" in house.flask("db", "check").stderr\n'
    page = "\n".join(proof_of(course(tmp_path, source, {TEST: SHOWN}), TEST).as_markdown())
    happens, _, behind = page.partition("<summary>The test behind it</summary>")
    assert f'```console title="Shown" hl_lines="2 3"\n{SHOWN}\n```' in happens
    assert "def test_y(house):" in behind and "def test_y" not in happens


def test_a_terminal_gets_the_steps_that_tell(tmp_path: Path) -> None:
    """Whole, and no others."""
    shown = f"edit a.py\n+b\n\n{SHOWN}"
    source = 'def test_y(house):\n    assert "A column is" in house.flask("db", "check").stderr\n'
    root = course(tmp_path, source, {TEST: shown})
    assert proof_of(root, TEST).telling_steps == SHOWN.partition("\n\n")[0]
    last = course(tmp_path / "last", "def test_y():\n    assert house\n", {TEST: shown})
    assert proof_of(last, TEST).telling_steps == SHOWN.partition("\n\n")[2]


def test_an_experiment_that_shows_nothing_has_its_test_alone(tmp_path: Path) -> None:
    """Such as one that reads the metadata of a package."""
    root = course(tmp_path, "def test_y():\n    assert 1\n", {TEST: ""})
    page = "\n".join(proof_of(root, TEST).as_markdown())
    assert page.count("<details") == 1 and "console" not in page


def test_an_experiment_whose_run_nobody_kept_is_an_error(tmp_path: Path) -> None:
    """It says what to type."""
    root = course(tmp_path, "def test_y():\n    assert 1\n", {})
    with pytest.raises(CourseError, match="Run `remodel dev experiments --write`"):
        proof_of(root, TEST)


def test_runs_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    """It names the file."""
    (tmp_path / "experiments.json").write_text("[", encoding="utf-8")
    with pytest.raises(CourseError, match=r"experiments\.json"):
        read_shown(tmp_path / "experiments.json")


@pytest.mark.parametrize(
    ("claim", "telling"),
    [
        ('"is missing" in said', (3,)),
        ('"is missing" not in said', (6,)),
        ('house.sql("SELECT 1") == []', (6,)),
        ('"flask db check" in said and said == 7', (6,)),
        ('house.columns("room") == {"A column"}', (6,)),
    ],
)
def test_the_telling_lines_are_those_that_the_test_asserts(
    claim: str, telling: tuple[int, ...]
) -> None:
    """Never what was typed or must not be there; where it asserts no line, the last one."""
    assert telling_lines(SHOWN, asserted(f"def test_y(house):\n    assert {claim}\n")) == telling


@pytest.mark.parametrize(
    ("expected", "line"),
    [("503", 2), ("[(5, None)]", 3), ("{(5, None)}", 3), ("[(5, None)] * 3", 3), ('"40\\n"', 4)],
)
def test_numbers_and_rows_tell_as_they_are_shown(expected: str, line: int) -> None:
    """As a whole line: 5 is no part of 503."""
    shown = "GET /5\n503\n5 | NULL\n40\n(exit 1)"
    assert telling_lines(shown, asserted(f"assert house.x == {expected}")) == (line,)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.test)
def test_a_message_is_marked_where_it_happens(message: Message) -> None:
    """The heading of an entry stands in what its run showed."""
    proof = message.proof(COURSE.root)
    lines = proof.shown.split("\n")
    marked = " ".join(" ".join(lines[number - 1] for number in proof.telling).split())
    assert message.heading in marked


def test_what_is_kept_has_no_place_and_no_day_of_this_machine() -> None:
    """Each page names an experiment whose run is kept, and a run can be made anywhere again."""
    shown = read_shown(COURSE.layout.experiments)
    assert sorted(shown) == sorted(claimed(COURSE))
    everything = "\n".join(shown.values())
    assert str(COURSE.root) not in everything
    assert "site-packages" not in everything and "/tmp" not in everything
