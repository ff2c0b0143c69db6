"""A solution that somebody else writes with the same meaning passes as the solution does."""

import atexit
import functools
import os

from remodel.authoring.made_answers import handed_in
from remodel.authoring.rewrites.catalogue import REWRITES
from remodel.authoring.rewrites.rewrite import REVISIONS, Files, Rewrite, Solved, rewrite
from remodel.authoring.rewrites.trial import rewritten, try_rewrites
from remodel.course.catalog import find_course
from remodel.runner import Runner, open_runner
from tests.conftest import SLUG
from tests.nights import others_at_night

CATALOG = find_course()
FRESH = bool(os.environ.get("REMODEL_FRESH"))


@functools.cache
def warm() -> Runner:
    """One runner for all exercises of this process."""
    runner = open_runner()
    atexit.register(runner.close)
    return runner


@functools.cache
def fitting() -> dict[str, list[str]]:
    """The names of the rewrites that fit each solution."""
    return {slug: list(rewritten(exercise)) for slug, exercise in CATALOG.exercises.items()}


@functools.cache
def samples() -> dict[str, list[Rewrite]]:
    """Some rewrites for each exercise, so that each is tried on one solution; the rarest first."""
    chosen = {slug: list[Rewrite]() for slug in CATALOG.exercises}
    places = {
        one: [slug for slug, names in fitting().items() if one.name in names] for one in REWRITES
    }
    for one, slugs in sorted(places.items(), key=lambda item: len(item[1])):
        if slugs:
            chosen[min(slugs, key=lambda slug: len(chosen[slug]))].append(one)
    return chosen


@others_at_night()
def test_a_sample_of_rewrites_passes(slug: str) -> None:
    """Over all exercises, each rewrite is tried once."""
    trial = try_rewrites(CATALOG, CATALOG.exercise(slug), samples()[slug], FRESH, warm())
    assert (trial.refused, trial.stale) == ({}, [])


def test_every_rewrite_fits_some_solution() -> None:
    """None is there that is never tried, no two have one name, and each says who writes so."""
    names = [each.name for each in REWRITES]
    assert len(set(names)) == len(names) >= 25
    assert set(names) == {name for fit in fitting().values() for name in fit}
    assert all(each.who.startswith("Somebody ") and each.who.endswith(".") for each in REWRITES)


def test_a_rewrite_is_other_files_than_the_solution() -> None:
    """One that changed nothing would prove nothing; no two of a solution are the same."""
    exercise = CATALOG.exercise(SLUG)
    made = [*rewritten(exercise).values(), handed_in(exercise)]
    assert len({repr(sorted(files.items())) for files in made}) == len(made)


def test_a_step_of_a_loop_hands_on_what_it_has_read() -> None:
    """Where one step reads rows and another writes them, the solution passes as a loop, too."""
    loop = [each for each in REWRITES if each.name == "a-loop-of-operations"]
    trial = try_rewrites(CATALOG, CATALOG.exercise("split-a-column"), loop, FRESH, warm())
    assert (trial.made, trial.refused) == (["a-loop-of-operations"], {})


@rewrite("Somebody who forgets what a revision is for.")
def without_operations(solved: Solved) -> Files | None:
    """An upgrade that does nothing: the meaning is lost."""
    head = 'revision, down_revision = "0002", "0001"\ndef upgrade():\n    pass\n'
    return solved.changed(lambda text: f"{head}def downgrade():\n    pass\n", REVISIONS)


def test_a_rewrite_that_is_refused_is_named() -> None:
    """With the check that refused it, and its reason."""
    trial = try_rewrites(CATALOG, CATALOG.exercise(SLUG), [without_operations], True, warm())
    assert trial.made == ["without-operations"]
    assert trial.refused["without-operations"].startswith("test_the_schema_is_the_goal: ")
