"""`remodel explain`: typed, piped, or silent; and the verdict that names what it would say."""

import re

import pytest

from tests.conftest import Remodel

PASS, FAIL, NOT_GRADED = 0, 1, 2
NOT_NULL = '''"""furniture has a colour"""
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.add_column("furniture", sa.Column("colour", sa.String(30), nullable=False))
def downgrade():
    op.drop_column("furniture", "colour")
'''


def test_a_typed_message_is_explained(looking: Remodel) -> None:
    """Meaning, cure, where it is shown, and an exercise; the words need no quotes."""
    done = looking("explain", "Ambiguous", "walk")
    assert done.returncode == PASS
    for part in ("What it means:", "Cure:", "docs/errors.md", "remodel start two-heads"):
        assert part in done.stdout


def test_a_piped_message_is_explained(looking: Remodel) -> None:
    """What a command printed, with all that stands around it."""
    printed = "INFO  [alembic] Will assume non-transactional DDL.\nError: table lamp already exists"
    done = looking("explain", typed=printed)
    assert done.stdout.startswith("table room already exists\n")
    assert "Will assume" not in done.stdout


def test_silence_is_explained(looking: Remodel) -> None:
    """Exit code 1 and no message."""
    done = looking("explain", typed="")
    assert done.returncode == PASS
    assert "logger_flask_migrate" in done.stdout


def test_what_nobody_explains_is_said_so(looking: Remodel) -> None:
    """The page with all that are explained is named."""
    done = looking("explain", "zebra")
    assert done.returncode == NOT_GRADED
    assert "docs/errors.md" in done.stderr


@pytest.mark.parametrize("columns", ["60", "80"])
def test_no_command_in_it_is_broken(looking: Remodel, columns: str) -> None:
    """It can be copied from a narrow terminal."""
    done = looking("explain", "table lamp already exists", COLUMNS=columns)
    assert max(map(len, done.stdout.splitlines()[:-1])) <= int(columns)
    for code in ("`flask db stamp 0001`", "`flask db check`"):
        assert any(code in line for line in done.stdout.splitlines())


def test_a_verdict_names_the_error_that_is_explained(learner: Remodel) -> None:
    """One line, which can be typed as it stands."""
    file = learner.begun / "migrations" / "versions" / "0002_x.py"
    file.write_text(NOT_NULL, encoding="utf-8")
    done = learner("check")
    assert done.returncode == FAIL
    (words,) = re.findall(r"^  To look it up: remodel explain \"(.*)\"$", done.stdout, re.MULTILINE)
    assert learner("explain", words).stdout.startswith("Cannot add a NOT NULL column\n")
