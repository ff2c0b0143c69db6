"""A file's text, whichever encoding it has."""

import pytest

from remodel.course.decoding import as_text, plain_blanks


@pytest.mark.parametrize(
    "content",
    [
        b"caf\xc3\xa9",
        b"\xef\xbb\xbfcaf\xc3\xa9",
        "café".encode("utf-16"),
        b"\xfe\xff" + "café".encode("utf-16-be"),
    ],
)
def test_a_text_is_read_in_the_encoding_that_its_mark_names(content: bytes) -> None:
    """UTF-8 with a mark or without one, and UTF-16 of both orders."""
    assert as_text(content) == "café"


def test_a_coding_line_counts() -> None:
    """Python's own rule for its files holds."""
    assert as_text(b"# coding: latin-1\n# caf\xe9\n").endswith("# café\n")


@pytest.mark.parametrize("content", [b"# coding: rot13\nx", b"# coding: none\nx", b"x\xff"])
def test_what_cannot_be_read_is_still_text(content: bytes) -> None:
    """No file of a learner's makes the grader stumble."""
    assert "x" in as_text(content)


def test_blanks_that_do_not_break_become_plain() -> None:
    """They look like blanks, so they are taken for blanks."""
    assert plain_blanks("flask\u00a0db\u2003check\u202f\tx") == "flask db check \tx"
