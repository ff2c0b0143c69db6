"""Grades "Split a column in two"."""

from itertools import product

import pytest


def halves(note):
    """The inspector and the remark of a note, as README.md says."""
    name, colon, rest = (note or "").partition(": ")
    return (name, rest) if colon and 1 <= len(name) <= 80 else (None, note)


def whole(name, rest):
    """The note of an inspector and a remark, as README.md says."""
    return rest if name is None else f"{name}: {'' if rest is None else rest}"


def shown(*values):
    """Values as a sentence names them."""
    return ["NULL" if value is None else repr(value) for value in values]


def columns(project):
    """What the two columns are called in this variant."""
    return project.word("inspector"), project.word("remark")


def split_notes(project):
    """Each note, with the inspector and the remark that the upgrade makes of it."""
    notes = project.populated().rows("inspection", "note")
    made = [project.upgrade().rows("inspection", name) for name in columns(project)]
    for note, name, rest in zip(notes, *made, strict=True):
        became = "The note {} became inspector {} and remark {}.".format(*shown(note, name, rest))
        yield note, name, rest, became


@pytest.mark.misconception("a-split-is-two-new-columns")
@pytest.mark.needs("test_the_schema_is_the_goal")
def test_no_word_of_a_note_is_lost(project):
    """Inspector, `: ` and remark together are the note; without an inspector, the remark is."""
    for note, name, rest, became in split_notes(project):
        assert whole(name, rest) == note, became


@pytest.mark.misconception("every-row-fits-the-pattern")
@pytest.mark.needs("test_no_word_of_a_note_is_lost")
def test_the_inspector_is_who_the_note_names(project):
    """The first `: ` divides, behind 1 to 80 characters; any other note is a remark as a whole."""
    for note, name, rest, became in split_notes(project):
        wanted = halves(note)
        should = " and ".join(shown(*wanted))
        assert (name, rest) == wanted, f"{became} It should be {should}."


@pytest.mark.deep
@pytest.mark.misconception("nothing-is-empty-text")
@pytest.mark.needs("test_no_word_of_a_note_is_lost")
def test_the_way_back_joins_what_people_write_later(project):
    """After the downgrade a note is inspector, `: ` and remark, also where one is missing."""
    project.populated().upgrade()
    inspector, remark = columns(project)
    for name, rest in product(("Greta", "", None), ("Tap: drips.", "", None)):
        project.with_rows("inspection", 1, {inspector: [name], remark: [rest]})
    written = {row["id"]: (row[inspector], row[remark]) for row in project.rows("inspection")}
    for row in project.downgrade("0008").rows("inspection"):
        pair = written[row["id"]]
        wanted = whole(*pair)
        assert row["note"] == wanted, (
            "Inspector {} and remark {} came back as the note {}. It should be {}.".format(
                *shown(*pair, row["note"], wanted)
            )
        )
