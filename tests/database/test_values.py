"""Two values that differ, as a message shows them."""

import pytest

from remodel.database.values import Values, explain, first_differing, show_both

LONG = "The window frames on the north side need paint"


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("red", "blue", ("'red'", "'blue'")),
        (None, LONG, ("NULL", "'The window frames on the no… (46 characters)")),
        (
            f"{LONG}.",
            f"{LONG}!",
            (
                "…' paint.' (from character 41 of 47)",
                "…' paint!' (from character 41 of 47)",
            ),
        ),
        (
            f"{LONG} soon. Tap drips, too.",
            LONG,
            (
                "…' paint soon. Tap drips, '… (from character 41 of 68)",
                "…' paint' (from character 41 of 46)",
            ),
        ),
        (
            b"\x00" * 12 + b"\x01",
            b"\x00" * 13,
            ("13 bytes, number 13 of them 0x01", "13 bytes, number 13 of them 0x00"),
        ),
    ],
)
def test_two_values_are_shown_where_they_differ(
    one: object, other: object, shown: tuple[str, str]
) -> None:
    """Texts that begin alike are shown from near their first difference, all others as they are."""
    assert show_both(one, other) == shown


def test_a_row_that_differs_at_its_end_alone_is_explained() -> None:
    """The lines before and after are not alike."""
    then = Values("inspection", "note", {(1,): LONG, (2,): f"{LONG}."})
    now = Values("inspection", "note", {(1,): LONG, (2,): f"{LONG}!"})
    before, after, _ = explain(now, then)
    assert "paint." in before
    assert "paint!" in after
    assert first_differing(now, then) == (2,)
