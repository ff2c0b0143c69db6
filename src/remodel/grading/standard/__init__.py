"""The checks that hold for every exercise, collected beside each exercise's own.

Each is a guard ("must stay true") unless it says otherwise; an exercise.toml may leave one out
and must say why. The order of ALL is the order in which a learner should hear of them.
"""

from remodel.course.exercise import Exercise
from remodel.grading.standard.app import (
    test_a_house_is_furnished_as_it_was,
    test_every_page_of_the_app_answers,
    test_the_app_keeps_its_settings,
    test_the_app_keeps_what_is_typed,
    test_the_app_says_what_a_database_lacks,
)
from remodel.grading.standard.behaviour import (
    test_rows_come_and_go_after_the_way_back,
    test_rows_come_and_go_as_they_should,
)
from remodel.grading.standard.blindness import (
    test_flask_db_check_sees_what_comes_later,
    test_flask_db_drafts_and_prints_as_it_did,
)
from remodel.grading.standard.downgrade import (
    test_down_and_up_again_ends_the_same,
    test_each_step_down_restores_what_was_there,
)
from remodel.grading.standard.history import (
    test_deployed_revisions_are_untouched,
    test_the_revision_files_can_be_read,
    test_there_is_one_head,
)
from remodel.grading.standard.home import test_it_does_the_same_in_a_playground
from remodel.grading.standard.last_release import test_the_last_release_still_works
from remodel.grading.standard.later import test_revisions_stand_on_their_own
from remodel.grading.standard.life import (
    test_down_up_and_down_again_keeps_every_row,
    test_one_step_down_spoils_nothing_that_stays,
    test_what_is_written_between_two_revisions_stays,
    test_what_is_written_on_the_way_down_stays,
    test_what_was_written_since_survives_the_way_back,
)
from remodel.grading.standard.marks import ROWS, UPGRADED, deep
from remodel.grading.standard.models import (
    test_the_given_models_do_what_they_did,
    test_the_models_write_what_they_are_given,
)
from remodel.grading.standard.neighbour import (
    test_what_is_none_of_the_apps_is_left_alone,
)
from remodel.grading.standard.rows import (
    test_a_table_that_is_there_already_keeps_its_rows,
    test_an_empty_database_stays_empty,
    test_every_row_of_a_large_database_is_kept,
    test_no_other_row_or_value_is_lost,
    test_no_row_loses_its_parent,
)
from remodel.grading.standard.schema import (
    test_empty_and_full_databases_end_alike,
    test_every_rule_keeps_its_name,
    test_flask_db_check_finds_nothing_left,
    test_the_models_make_the_same_schema,
    test_the_schema_is_the_goal,
)
from remodel.grading.standard.transaction import (
    test_a_revision_that_fails_leaves_nothing_behind,
)
from remodel.grading.standard.upgrade import (
    test_a_database_with_rows_reaches_head,
    test_a_second_upgrade_changes_nothing,
    test_an_empty_database_reaches_head,
    test_creating_the_app_changes_no_database,
)
from remodel.grading.standard.variant import test_the_answer_is_to_this_variant
from remodel.grading.standard.words import (
    test_no_word_decides_what_becomes_of_a_row,
    test_no_word_decides_what_comes_back,
)
from remodel.history import VERSIONS

VARIANT = test_the_answer_is_to_this_variant.__name__
#: These come before the exercise's own checks; the others follow them.
FIRST = (
    VARIANT,
    "test_deployed_revisions_are_untouched",
    "test_the_revision_files_can_be_read",
    "test_there_is_one_head",
    "test_creating_the_app_changes_no_database",
    "test_a_database_with_rows_reaches_head",
    ROWS,
    "test_the_schema_is_the_goal",
)

CHECKS = (
    test_the_answer_is_to_this_variant,
    test_deployed_revisions_are_untouched,
    test_the_revision_files_can_be_read,
    test_there_is_one_head,
    test_creating_the_app_changes_no_database,
    test_a_database_with_rows_reaches_head,
    test_an_empty_database_reaches_head,
    test_no_other_row_or_value_is_lost,
    test_no_row_loses_its_parent,
    test_an_empty_database_stays_empty,
    test_the_schema_is_the_goal,
    test_every_rule_keeps_its_name,
    test_empty_and_full_databases_end_alike,
    test_the_models_make_the_same_schema,
    test_flask_db_check_finds_nothing_left,
    test_a_second_upgrade_changes_nothing,
    test_each_step_down_restores_what_was_there,
    test_down_and_up_again_ends_the_same,
    test_every_page_of_the_app_answers,
    test_the_last_release_still_works,
    test_the_app_keeps_what_is_typed,
    test_the_given_models_do_what_they_did,
    test_the_models_write_what_they_are_given,
    test_the_app_says_what_a_database_lacks,
    test_the_app_keeps_its_settings,
    test_a_house_is_furnished_as_it_was,
    test_every_row_of_a_large_database_is_kept,
    test_what_was_written_since_survives_the_way_back,
    test_what_is_none_of_the_apps_is_left_alone,
    test_a_table_that_is_there_already_keeps_its_rows,
    test_flask_db_check_sees_what_comes_later,
    test_flask_db_drafts_and_prints_as_it_did,
    test_rows_come_and_go_as_they_should,
    test_rows_come_and_go_after_the_way_back,
    test_down_up_and_down_again_keeps_every_row,
    test_what_is_written_between_two_revisions_stays,
    test_what_is_written_on_the_way_down_stays,
    test_one_step_down_spoils_nothing_that_stays,
    test_revisions_stand_on_their_own,
    test_a_revision_that_fails_leaves_nothing_behind,
    test_no_word_decides_what_becomes_of_a_row,
    test_no_word_decides_what_comes_back,
    test_it_does_the_same_in_a_playground,
)
ALL = tuple(check.__name__ for check in CHECKS)
#: What is checked on SQLite alone: deep checks write rows by themselves, and one fails half-way.
OF_SQLITE = (
    *(
        check.__name__
        for check in CHECKS
        if any(mark.name == deep.name for mark in getattr(check, "pytestmark", ()))
        and check is not test_every_row_of_a_large_database_is_kept
    ),
    test_a_revision_that_fails_leaves_nothing_behind.__name__,
)
#: What is checked only where programs can be started: not with the runner `inline`.
OF_PROCESSES = (test_it_does_the_same_in_a_playground.__name__,)
#: What there is to check only where revisions are handed in.
_OF_OWN_REVISIONS = (
    test_revisions_stand_on_their_own.__name__,
    test_a_revision_that_fails_leaves_nothing_behind.__name__,
    test_no_word_decides_what_becomes_of_a_row.__name__,
    test_no_word_decides_what_comes_back.__name__,
)
#: What an exercise asks for by naming what of it the last release had otherwise.
LAST_RELEASE = test_the_last_release_still_works.__name__
#: What there is to check only where a file of that name is handed in.
_OF_A_FILE = {"test_a_house_is_furnished_as_it_was": "hearth/commands.py"}
#: What there is to check where nothing is migrated: by Exercise.changes_by.
_WITHOUT_REVISIONS = {
    "models": (
        "test_creating_the_app_changes_no_database",
        "test_the_schema_is_the_goal",
        "test_every_page_of_the_app_answers",
        "test_the_app_keeps_what_is_typed",
        "test_the_app_says_what_a_database_lacks",
        "test_the_app_keeps_its_settings",
        "test_a_house_is_furnished_as_it_was",
        "test_the_given_models_do_what_they_did",
        "test_the_models_write_what_they_are_given",
        "test_rows_come_and_go_as_they_should",
        "test_it_does_the_same_in_a_playground",
    ),
    "sql": (
        "test_the_schema_is_the_goal",
        "test_no_other_row_or_value_is_lost",
        "test_no_row_loses_its_parent",
        "test_every_row_of_a_large_database_is_kept",
        "test_every_page_of_the_app_answers",
        "test_the_app_keeps_what_is_typed",
        "test_rows_come_and_go_as_they_should",
        "test_no_word_decides_what_becomes_of_a_row",
        "test_it_does_the_same_in_a_playground",
    ),
    "nothing": (),
}


def is_first(name: str, exercise: Exercise) -> bool:
    """Whether the standard check `name` comes before the own checks of `exercise`.

    A loss is said before the schema, but not where the exercise says by checks of its own
    whether its copies with rows reach the head.
    """
    return name in FIRST and (name != ROWS or UPGRADED in of_exercise(exercise))


def of_exercise(exercise: Exercise) -> tuple[str, ...]:
    """The names of the standard checks that hold for `exercise`, in order."""
    varies = (VARIANT,) if exercise.variants else ()
    if exercise.hands_in == "script":
        # Models and revisions are the course's own.
        return (*varies, *(OF_PROCESSES if exercise.standard.typed else ()))
    kind = _WITHOUT_REVISIONS.get(exercise.changes_by, ALL)
    if kind is ALL and not exercise.accepts(f"{VERSIONS}0001.py"):
        kind = tuple(name for name in kind if name not in _OF_OWN_REVISIONS)
    if exercise.database != "sqlite":
        kind = tuple(name for name in kind if name not in OF_SQLITE)
    without = {VARIANT, *exercise.standard.without}
    if exercise.standard.last_release is None:
        without.add(LAST_RELEASE)
    without |= {name for name, file in _OF_A_FILE.items() if not exercise.accepts(file)}
    return (*varies, *(name for name in kind if name not in without))


__all__ = ["ALL", "CHECKS", "FIRST", "LAST_RELEASE", "is_first", "of_exercise"]
