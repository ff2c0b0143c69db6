"""Which of the explained messages a text holds, whatever stands around it and whatever is named."""

import pytest

from remodel.course.layout import Layout
from remodel.course.messages import (
    Message,
    held_messages,
    held_words,
    like_messages,
    read_messages,
    silent_messages,
)

MESSAGES = read_messages(Layout.here().error_messages)
LOG = "INFO  [alembic.runtime.migration] Will assume non-transactional DDL.\n"


def headings(messages: list[Message]) -> list[str]:
    return [message.heading for message in messages]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.test)
def test_what_is_printed_finds_its_entry(message: Message) -> None:
    """Behind Alembic's log, and by its heading."""
    assert message in held_messages(f"{LOG}{message.says}", MESSAGES)[:3]
    assert message in held_messages(message.heading, MESSAGES)[:3]


@pytest.mark.parametrize("message", [each for each in MESSAGES if each.names])
def test_the_names_of_another_app_find_it_too(message: Message) -> None:
    """A table, a column or a revision of one's own stands where ours does."""
    text = message.says
    for name in sorted(message.names, key=len, reverse=True):
        assert name in message.heading
        text = text.replace(name, "zebra_7")
    assert message in held_messages(text, MESSAGES)[:3]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Error: table `lamp` already exists", "table room already exists"),
        ("the head revision on which the new", "specify the head revision on which"),
        ("  AMBIGUOUS   walk ", "Ambiguous walk"),
        ("ValueError: No such constraint: ‘fk_x’", "No such constraint: 'uq_lamp_label'"),
        (f"{LOG}duplicate column name: x", "duplicate column name"),
        (LOG, "Will assume non-transactional DDL"),
        ("no such table: x\nduplicate column name: x\nNOT NULL constraint failed", "NOT NULL"),
    ],
)
def test_blanks_case_and_quotes_do_not_matter(text: str, heading: str) -> None:
    """What a person copies, or types from a screen."""
    assert headings(held_messages(text, MESSAGES))[0].startswith(heading)


def test_a_few_letters_are_no_message() -> None:
    """They stand in too many."""
    assert held_messages("is no", MESSAGES) == held_messages("", MESSAGES) == []


def test_words_in_another_order_find_the_nearest() -> None:
    """Nobody remembers a message word by word."""
    near = headings(like_messages("cannot add column that is not null", MESSAGES))
    assert near[0] == "Cannot add a NOT NULL column"
    assert like_messages("zebra giraffe", MESSAGES) == []


def test_silence_has_an_answer() -> None:
    """A command that ends with 1 and prints nothing."""
    assert headings(silent_messages(MESSAGES)) == ["Will assume non-transactional DDL"]


def test_the_words_that_are_explained_are_those_of_the_text() -> None:
    """A verdict names the table that was there, not ours; Alembic's log is no error."""
    printed = f"{LOG}OperationalError: (sqlite3.OperationalError) table lamp already exists\n[SQL]"
    assert held_words(printed, MESSAGES) == "table lamp already exists"
    assert held_words(LOG, MESSAGES) == held_words("", MESSAGES) == ""
