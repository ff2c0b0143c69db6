"""The marks that the standard checks carry, and the checks that others stand on."""

import pytest

guard = pytest.mark.guard
needs = pytest.mark.needs
misconception = pytest.mark.misconception
#: Costs several commands: made after all others, and only where none of them refused the answer.
deep = pytest.mark.deep

READABLE = "test_the_revision_files_can_be_read"
ONE_HEAD = "test_there_is_one_head"
UPGRADED = "test_a_database_with_rows_reaches_head"
ROWS = "test_no_other_row_or_value_is_lost"
SCHEMA = "test_the_schema_is_the_goal"
