"""Grades "Told once, and told enough"."""

import json

import pytest

needs = pytest.mark.needs("test_a_failure_is_told_with_revision_and_reason")
CELLARS, SHELVES, LAMPS = "0009_cellars.py", "0010_shelves.py", "0009_lamps.py"
SECRETS = "Ottilie", "ottokar", "4711"


def released(project, *pushed, times=1):
    """The exit codes of releases, with what was pushed; before each, the machine starts again."""
    course = project.answer
    for each in pushed:
        project.add_scenario(each)
    ended = [project.restarted().flask("release").exit_code for _ in range(times)]
    project.answer = course
    return ended


def notices(project):
    """What was said in the chat room, in order."""
    return [json.loads(line) for line in project.left("chat.txt").splitlines()]


def must_be_told(project, *pushed, words, without=()):
    """A release on a new machine fails, and one notice says `words`, and none of `without`."""
    released(project.populated().on_one_machine(), *pushed)
    said = notices(project)
    assert len(said) == 1, f"A release failed, and the team got {len(said)} messages."
    for word in (*words, *without):
        should = "should" if word in words else "should not"
        assert (word in said[0]) == (word in words), f"The notice {should} say {word!r}: {said[0]}"


@pytest.mark.guard
@pytest.mark.misconception("every-release-is-news")
def test_a_release_that_goes_well_is_quiet(project):
    """A release that goes well brings the database to head, and says nothing."""
    ended = released(project.populated().on_one_machine(), LAMPS)
    assert ended == [0] and project.version == ("0009",), f"It ended at {project.version}."
    assert not notices(project), f"It went well, and the team got a message: {notices(project)[0]}"


@pytest.mark.misconception("the-exit-code-is-the-reason")
def test_a_failure_is_told_with_revision_and_reason(project):
    """The notice names the revision that failed, and the reason."""
    cellars = "0009", "a cellar still has furniture"
    must_be_told(project, CELLARS, SHELVES, words=cellars, without=["0010"])
    must_be_told(project, LAMPS, "0010_no_such_table.py", words=("0010", "no such table: barn"))
    must_be_told(project, "0009_asserts.py", words=["0009", "AssertionError"])


@needs
@pytest.mark.guard
@pytest.mark.misconception("a-failed-upgrade-is-a-warning")
def test_a_release_that_fails_says_so_in_its_exit_code(project):
    """Told or not, a release that fails ends with another exit code than 0."""
    for pushed in [CELLARS], [CELLARS, "chat-down"]:
        (ended,) = released(project.populated().on_one_machine(), *pushed)
        assert ended, f"The release failed ({', '.join(pushed)}) with exit code 0."


@needs
@pytest.mark.guard
@pytest.mark.misconception("the-team-may-read-everything")
def test_the_notice_holds_no_secret(project):
    """No user name or password of an address and no value of a row is in the notice."""
    register = "0009", "no answer from", "register.example", "mirror.example"
    must_be_told(project, "0009_register.py", words=register, without=SECRETS)
    guests = "0009", "UNIQUE constraint failed: room.name"
    must_be_told(project, "0009_guests.py", words=guests, without=SECRETS)
    must_be_told(project, "0009_prices.py", words=["0009"], without=SECRETS)


@needs
@pytest.mark.misconception("once-is-once-in-a-process")
def test_the_same_failure_is_told_once(project):
    """A release that fails again for the same reason is no news."""
    released(project.populated().on_one_machine(), CELLARS, times=3)
    assert len(notices(project)) == 1, "One release failed three times: that makes one message."
    changed = project.differences(project.copy().populated().schema, project.schema)
    assert not changed, f"Whatever remembers what was said is no part of the museum: {changed[0]}."


@needs
@pytest.mark.guard
@pytest.mark.misconception("what-failed-before-is-known")
def test_another_failure_is_news(project):
    """Another reason makes a message, and so does the same one after a good release."""
    released(project.populated().on_one_machine(), CELLARS)
    released(project, "0009_attics.py")
    said = notices(project)
    assert "an attic has no stairs" in "".join(said), "0009 failed for another reason, unheard."
    released(project)
    released(project, CELLARS)
    assert len(notices(project)) > len(said), "It failed after a good release: nobody heard of it."


@needs
@pytest.mark.guard
@pytest.mark.misconception("what-was-sent-has-arrived")
def test_who_was_not_reached_is_told_next_time(project):
    """Where the chat room did not answer, the next release that fails tells the team."""
    released(project.populated().on_one_machine(), CELLARS, "chat-down")
    released(project, CELLARS)
    assert notices(project), "The chat room was back, and the team heard nothing."


@needs
@pytest.mark.guard
@pytest.mark.misconception("only-a-revision-can-fail")
def test_two_heads_are_told(project):
    """A release that Alembic refuses before any revision runs makes a message, too."""
    forked, neither = (LAMPS, "000a_doors.py"), ["0009", "000a"]
    must_be_told(project, *forked, words=["Multiple head revisions"], without=neither)
