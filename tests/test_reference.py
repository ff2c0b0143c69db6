"""The reference pages: their data is whole, and what they claim is proved somewhere."""

import ast
import re
from pathlib import Path

import pytest

from remodel.catalog import find_course
from remodel.errors import CourseError
from remodel.reference import read_groups, read_messages

COURSE = find_course()
DOCS = COURSE.root / "docs"
MESSAGES = read_messages(DOCS / "errors.toml")
EXPERIMENTS = COURSE.root / "tests" / "experiments" / "error_messages"
GROUP = """
[[group]]
title = "When"
intro = "Then."
folder = "tests/test_reference.py"
"""
MESSAGE = """
[[group.message]]
heading = "Broken"
says = "It is broken"
means = "It broke."
test = "test_x"
lesson = 3
"""


def messages(folder: Path, text: str):
    (folder / "errors.toml").write_text(text, encoding="utf-8")
    return read_messages(folder / "errors.toml")


# -- error messages ----------------------------------------------------------------------------


def test_there_are_thirty_messages_or_more():
    assert len({message.heading for message in MESSAGES}) == len(MESSAGES) >= 30


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.test)
def test_the_experiment_of_a_message_asserts_its_heading(message):
    asserted = ast.parse(message.experiment(COURSE.root))
    texts = [node.value for node in ast.walk(asserted) if isinstance(node, ast.Constant)]
    assert [text for text in texts if isinstance(text, str) and message.heading in text]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.test)
def test_the_heading_is_part_of_what_is_said(message):
    assert message.heading in message.says


def test_every_experiment_has_its_message():
    found = [
        name
        for file in EXPERIMENTS.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(found) == sorted(message.test for message in MESSAGES)


def test_every_message_stands_on_the_page_under_its_group():
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    wanted = [f"## {group.title}" for group in read_groups(DOCS / "errors.toml")]
    assert re.findall(r"^## .+", page, re.MULTILINE) == wanted
    headings = re.findall(r"^### `(.+)`", page, re.MULTILINE)
    assert headings == [message.heading for message in MESSAGES]


def test_a_message_without_a_cure_is_refused(tmp_path):
    with pytest.raises(CourseError, match="'cure' is missing"):
        messages(tmp_path, GROUP + MESSAGE)


def test_an_unknown_key_of_a_message_is_refused(tmp_path):
    with pytest.raises(CourseError, match="unknown key 'hint'"):
        messages(tmp_path, GROUP + MESSAGE + 'cure = "Mend it."\nhint = "x"\n')


def test_a_message_whose_experiment_is_missing_is_refused(tmp_path):
    (message,) = messages(tmp_path, GROUP + MESSAGE + 'cure = "Mend it."\n')
    with pytest.raises(CourseError, match="has no 'test_x'"):
        message.experiment(COURSE.root)


# -- transcripts -------------------------------------------------------------------------------


def test_every_transcript_of_the_docs_is_shown():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    texts = [file.stem for file in (DOCS / "transcripts").glob("*.txt")]
    assert texts and [stem for stem in texts if f'transcript("{stem}")' not in pages] == []
