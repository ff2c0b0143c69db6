"""Grades "The check comes first"."""

import tomllib

import pytest


def judged(project, kind):
    """How `flask judge` ended with the revisions of each author of `kind`, and what they did."""
    authors = project.exercise.path / "scenarios" / "authors.toml"
    for name, did in tomllib.loads(authors.read_text("utf-8"))[kind].items():
        ended = project.copy().empty().add_scenario(name).flask("judge")
        assert ended.exit_code in (0, 1), (
            f"This is no judgement: `flask judge` ended with exit code {ended.exit_code}, with the "
            f"revision of whoever did this: {did}\n{ended.error_line}"
        )
        yield ended, did


def must_catch(project, kind):
    """The check refuses the revisions of each author of `kind`."""
    for ended, did in judged(project, kind):
        assert not ended.ok, f"Your check takes the revision of whoever did this:\n{did}"


@pytest.mark.guard
@pytest.mark.misconception("there-is-one-right-revision")
def test_every_right_revision_is_taken(project):
    """The check takes each revision that does what was asked, however it is written."""
    for ended, did in judged(project, "right"):
        said = [line for line in ended.stdout.splitlines() if line.startswith("E ")]
        refused = f"Your check refuses the right revision of whoever did this:\n{did}"
        assert ended.ok, "\n".join([refused, *said[:1]])


@pytest.mark.needs("test_every_right_revision_is_taken")
@pytest.mark.misconception("the-right-columns-hold-the-right-values")
def test_what_copies_nothing_is_caught(project):
    """The check refuses a revision that makes the right columns, and copies nothing."""
    must_catch(project, "copy")


@pytest.mark.needs("test_what_copies_nothing_is_caught")
@pytest.mark.misconception("one-row-shows-the-rule")
def test_what_cuts_at_another_place_is_caught(project):
    """The check refuses a revision that cuts elsewhere, or leaves out a part of a note."""
    must_catch(project, "cut")


@pytest.mark.needs("test_what_cuts_at_another_place_is_caught")
@pytest.mark.misconception("every-row-fits-the-pattern")
def test_what_makes_something_of_the_other_notes_is_caught(project):
    """The check refuses a revision that is wrong where a note names nobody, or says nothing."""
    must_catch(project, "rest")


@pytest.mark.needs("test_what_makes_something_of_the_other_notes_is_caught")
@pytest.mark.misconception("nobody-runs-the-downgrade")
def test_a_way_back_that_loses_something_is_caught(project):
    """The check refuses a downgrade that loses old notes, or what was written since."""
    must_catch(project, "back")


@pytest.mark.needs("test_a_way_back_that_loses_something_is_caught")
@pytest.mark.misconception("the-right-values-are-in-the-right-columns")
def test_columns_other_than_asked_for_are_caught(project):
    """The check refuses a revision whose columns are not the ones that were asked for."""
    must_catch(project, "schema")
