"""The line that a message points at is one that did it, in the file and the function that ran."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.grading.results import Check
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading

CATALOG = find_course()
SECOND = """revision = '0003'
down_revision = '0002'
from alembic import op


def upgrade():
    op.execute("UPDATE furniture SET name = name")
    {up}


def downgrade():
    op.execute("UPDATE furniture SET name = name")
    {down}
"""
TRIM = "op.execute('UPDATE furniture SET name = trim(name)')"
RELEASE = "    flask_migrate.upgrade()\n"
BY_HAND = (
    "    with db.engine.begin() as connection:\n"
    "        connection.exec_driver_sql('DELETE FROM furniture WHERE id > 9')\n"
)


def first_refusal(slug: str, folder: Path, file: str, old: str, new: str) -> Check:
    """What the grader says of the solution with `old` in `file` replaced, or `file` made."""
    shutil.copytree(CATALOG.exercise(slug).solution_path, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8") if old else ""
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
    grading = Grading.of(CATALOG, [str(folder)], [1], policy=FIRST_REFUSAL)
    with closing(grading):
        (verdict,) = grade(grading, [CATALOG.exercise(slug)])
    return verdict.failures[0]


@pytest.mark.parametrize("function", ["up", "down"])
def test_of_two_revisions_the_one_that_did_it_is_named(tmp_path: Path, function: str) -> None:
    """And of its calls that write the column, the last."""
    bodies = {"up": "pass", "down": "pass", function: TRIM}
    file = "migrations/versions/0003_second.py"
    check = first_refusal("add-a-column", tmp_path / "a", file, "", SECOND.format(**bodies))
    assert check.source == TRIM
    assert check.where == f"{file}:{8 if function == 'up' else 13}"


def test_a_downgrade_that_only_a_check_ran_is_looked_through(tmp_path: Path) -> None:
    """A refusal to go back that deletes something first is no fault of the upgrade."""
    file, raising = (
        "migrations/versions/0007_the_year_of_purchase.py",
        "    raise NotImplementedError",
    )
    spoils = "    op.execute('DELETE FROM room')\n    op.execute('COMMIT')\n"
    check = first_refusal("going-back", tmp_path / "a", file, raising, spoils + raising)
    assert check.source == "op.execute('DELETE FROM room')"


def test_where_no_revision_is_handed_in_none_is_to_blame(tmp_path: Path) -> None:
    """The line is looked for in what is handed in."""
    file = "hearth/release.py"
    check = first_refusal("release-command", tmp_path / "a", file, RELEASE, RELEASE + BY_HAND)
    assert (check.where or "").startswith(f"{file}:")
    assert "DELETE FROM furniture" in (check.source or "")


def test_a_table_that_cannot_be_made_is_no_failed_import(tmp_path: Path) -> None:
    """The models were imported, and the database refuses the table of one."""
    file = "hearth/models.py"
    old = '    """A piece of furniture, which always stands in a room."""\n'
    strict = "    __table_args__ = {'sqlite_strict': True}\n"
    check = first_refusal("add-a-column", tmp_path / "a", file, old, old + strict)
    assert check.message[0] == "Making the models' tables failed:"


@pytest.mark.parametrize(
    ("slug", "file", "old", "new", "where", "source"),
    [
        (
            "add-a-column",
            "migrations/versions/0002_furniture_has_a_colour.py",
            "def downgrade():\n",
            "def downgrade():\n    return\n\n\ndef unused():\n",
            "migrations/versions/0002_furniture_has_a_colour.py",
            "def downgrade():",
        ),
        (
            "already-exists",
            "repair.txt",
            "flask db stamp 0003",
            "flask db stamp 0004",
            "repair.txt",
            "flask db upgrade",
        ),
        (
            "constraints-that-hold",
            "hearth/models.py",
            "unique=True",
            "index=True",
            "hearth/models.py",
            "class Room(db.Model):",
        ),
    ],
)
def test_where_no_line_did_it_the_nearest_place_is_named(
    tmp_path: Path, slug: str, file: str, old: str, new: str, where: str, source: str
) -> None:
    """The function that left it out, the command that ended there, the class of the table."""
    check = first_refusal(slug, tmp_path / "a", file, old, new)
    assert check.where is not None
    assert (check.where.partition(":")[0], check.source) == (where, source)


def test_who_has_changed_nothing_is_sent_nowhere() -> None:
    """There is no line of theirs to look at."""
    with closing(Grading.of(CATALOG, ["starter"], [1], policy=FIRST_REFUSAL)) as grading:
        (verdict,) = grade(grading, [CATALOG.exercise("constraints-that-hold")])
    assert verdict.failures[0].where is None


def test_a_commit_in_a_function_that_the_revision_calls_is_found(tmp_path: Path) -> None:
    """Where it stands, and not where the upgrade begins."""
    file = "migrations/versions/0002_furniture_has_a_colour.py"
    calls = "def upgrade():\n    op.get_bind()\n    keep()\n"
    kept = f"def keep():\n    op.get_bind().commit()\n\n\n{calls}"
    check = first_refusal("add-a-column", tmp_path / "a", file, "def upgrade():\n", kept)
    assert check.source == "op.get_bind().commit()"


CONFIGURES = "        context.configure(\n            connection="
ASKED = "        connection.exec_driver_sql('SELECT 1')\n"


@pytest.mark.parametrize(
    ("before", "is_named"),
    [
        (ASKED, True),
        ("        connection.commit()\n" + ASKED, True),
        (ASKED + "        connection.commit()\n        return\n", False),
        ("        return\n", False),
    ],
)
def test_a_transaction_that_env_py_leaves_open_is_named_by_its_line(
    tmp_path: Path, before: str, is_named: bool
) -> None:
    """Where the upgrade did nothing for another reason, nobody speaks of a transaction."""
    file, slug = "migrations/env.py", "one-at-a-time"
    check = first_refusal(slug, tmp_path / "a", file, CONFIGURES, before + CONFIGURES)
    assert ("before `context.configure()`" in check.message[1]) == is_named
    assert (check.source == ASKED.strip()) == is_named
