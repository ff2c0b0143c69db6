"""What Alembic says of itself at each command is folded; not one other letter is lost."""

import io

import pytest

from remodel.playground.set_up_lines import folded

SET_UP = (
    "INFO  [alembic.runtime.migration] Context impl SQLiteImpl.\n"
    "INFO  [alembic.runtime.migration] Will assume non-transactional DDL.\n"
)
RUNNING = "INFO  [alembic.runtime.migration] Running upgrade  -> 0001, baseline\n"


def shown(text: str, size: int) -> tuple[str, list[str]]:
    """What is handed on of a text that comes in pieces of that size, and what is folded."""
    stream, folds = io.StringIO(), list[str]()
    with folded(stream, folds.append) as fold:
        for at in range(0, len(text), size):
            fold.write(text[at : at + size])
            fold.flush()
    return stream.getvalue(), folds


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_set_up_is_folded_once_for_each_command(size: int) -> None:
    """In whatever pieces it comes, and also where nothing follows."""
    text = f"{SET_UP}{RUNNING}INFO  [x] y\n{SET_UP}INF"
    assert shown(text, size) == (f"{RUNNING}INFO  [x] y\nINF", [SET_UP, SET_UP])
    assert shown(SET_UP, size) == ("", [SET_UP])


def test_a_question_without_an_end_of_line_is_shown_at_once() -> None:
    """Nobody would answer what they do not see."""
    stream = io.StringIO()
    with folded(stream, lambda text: None) as fold:
        fold.write("Are you sure? ")
        assert stream.getvalue() == "Are you sure? "
