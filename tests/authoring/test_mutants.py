"""The small faults that `remodel dev attack` makes in a solution."""

import ast

from remodel.authoring.mutants.bad_migrations import of_revision
from remodel.authoring.mutants.text import mutants_of

REVISION = """\
revision = "0002"
down_revision = "0001"

def upgrade():
    with op.batch_alter_table("room") as batch_op:
        batch_op.add_column(sa.Column("size", sa.String(20), nullable=False))
    op.execute("UPDATE room SET size = 'unknown' WHERE size IS NULL")

def downgrade():
    op.drop_column("room", "size")
"""


def made(text: str = REVISION, given: str = "", file: str = "migrations/versions/2.py") -> str:
    """The names of the mutants, one a line."""
    return "\n".join(name for name, _text in mutants_of(file, text, given))


def test_each_kind_of_fault_is_made() -> None:
    """Dropped, swapped, left out, another value, another type, no condition, no parent."""
    names = made()
    for fault in (
        "no parent '0001'",
        "upgrade: drop `with op.batch_alter_table",
        "upgrade: swap `with op.batch_alter_table",
        "downgrade: drop `op.drop_column('room', 'size')`",
        "nullable=False becomes True",
        "leave out nullable=False of sa.Column('size')",
        "20 becomes 27",
        "String becomes Integer",
        "becomes \"UPDATE room SET size = 'unknown'\"",
    ):
        assert fault in names


def test_no_mutant_is_the_solution_and_none_comes_twice() -> None:
    """Each is another program."""
    texts = [text for _name, text in mutants_of("migrations/versions/2.py", REVISION)]
    assert len(set(texts)) == len(texts)
    assert REVISION not in texts


def test_what_was_given_is_left_alone() -> None:
    """Only what the learner has to write is spoilt."""
    given = "class Room:\n    name = column(String(80))\n"
    names = made(given + "    size = column(String(20))\n", given, "hearth/models.py")
    assert "20 becomes 27" in names
    assert "80 becomes 87" not in names
    assert "drop `name" not in names


def test_lines_and_statements_of_other_files_are_spoilt() -> None:
    """A command less, two in another order; a condition less."""
    commands = made("flask db stamp 0003\nflask db upgrade\n", file="repair.txt")
    assert "drop `flask db upgrade`" in commands
    assert "swap `flask db stamp 0003` with the next" in commands
    script = made("UPDATE room SET size = 1 WHERE size IS NULL;\n", file="change.sql")
    assert "WHERE" in script


def test_a_revision_is_turned_into_every_bad_migration() -> None:
    """Each is Python, another than the rest, and does the solution's own work where it should."""
    made = dict(of_revision(REVISION))
    assert len(made) == len({ast.dump(ast.parse(text)) for text in made.values()}) == 7
    keeps = {name for name, text in made.items() if "UPDATE room SET size" in text}
    assert made.keys() - keeps == {"the upgrade does nothing", "drop all tables and create_all"}
