"""What the env.py of stages 6 and 7 promises, on SQLite and on PostgreSQL."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import sqlalchemy as sa

REVISION = '''"""one more"""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{id}", "{below}", None, None
def upgrade():
    {up}
def downgrade():
    {down}
'''
OUTSIDE = """with op.get_context().autocommit_block():
        op.execute("{}")"""
FAILS = 'op.execute("UPDATE room SET no_such_column = 1")'
HEADS = {"06": "0014", "07": "0015"}


def add_revision(code, id, below, up, down="pass"):
    """Write one more revision into a folder of code."""
    text = REVISION.format(id=id, below=below, up=up, down=down)
    (code.folder / f"migrations/versions/{id}_one_more.py").write_text(text, encoding="utf-8")


def version(code):
    """The revision that the main database has written down."""
    ((revision,),) = code.sql("SELECT version_num FROM alembic_version")
    return revision


@pytest.fixture(params=HEADS)
def stage(copy_of, request):
    """A stage with two databases, at its head, and furnished."""
    code = copy_of(request.param)
    code.head = HEADS[request.param]
    assert code.flask("db", "upgrade").ok
    assert code.flask("furnish").ok
    return code


def per_migration(code):
    """Ask Alembic for a transaction for each revision."""
    code.edit("hearth/database.py", "Migrate()", "Migrate(transaction_per_migration=True)")


def test_an_autocommit_block_is_outside_every_transaction(stage):
    """SQLite's VACUUM, which refuses to run in a transaction, runs in the block."""
    add_revision(stage, "0016", stage.head, OUTSIDE.format("VACUUM"))
    assert stage.flask("db", "upgrade").ok
    assert version(stage) == "0016"


def test_a_transaction_that_is_not_alembics_own_allows_no_such_block(stage):
    """Where env.py begins the transaction itself, as the stock file does, the block fails."""
    configure = "            context.configure(\n                connection"
    begun = f"            stack.enter_context(connection.begin())\n{configure}"
    stage.edit("migrations/env.py", configure, begun)
    add_revision(stage, "0016", stage.head, OUTSIDE.format("VACUUM"))
    assert "AssertionError" in stage.flask("db", "upgrade").stderr
    assert version(stage) == stage.head


def test_a_transaction_for_each_revision_keeps_those_before_the_failing_one(stage):
    """transaction_per_migration=True has its effect."""
    per_migration(stage)
    add_revision(stage, "0016", stage.head, 'op.execute("CREATE TABLE lamp (id INTEGER)")')
    add_revision(stage, "0017", "0016", FAILS)
    assert not stage.flask("db", "upgrade").ok
    assert version(stage) == "0016"


# -- one database and two: the table on lesson 6's second page --------------------------------

WALLS = "op.execute(\"UPDATE room SET colour = 'white'\")"
HOOK = """def look(context, revision, directives):
    directives[0].upgrade_ops.is_empty()


migrate = Migrate(process_revision_directives=look)
"""


@pytest.fixture
def one_and_two(copy_of):
    """Lesson 5's app, with the env.py of one database, and lesson 6's; each furnished."""
    codes = [copy_of("05"), copy_of("06")]
    for code, head in zip(codes, ("0008", "0014"), strict=True):
        code.head = head
        assert code.flask("db", "upgrade").ok
        assert code.flask("furnish").ok
    return codes


def three_revisions(code, *ups):
    """Write 0021 to 0023, and run them; whether that went well."""
    for number, up in enumerate(ups):
        below = f"{20 + number:04}" if number else code.head
        add_revision(code, f"{21 + number:04}", below, up)
    return code.flask("db", "upgrade").ok


def test_with_one_database_each_revision_is_kept_and_with_two_all_or_none(one_and_two):
    """The third fails: the bookmark says the second, or what it said before."""
    for code in one_and_two:
        assert not three_revisions(code, WALLS, WALLS, FAILS)
    assert [version(code) for code in one_and_two] == ["0022", "0014"]


def test_with_two_databases_an_autocommit_block_keeps_what_came_before_it(one_and_two):
    """The third fails, and the first is kept all the same."""
    for code in one_and_two:
        assert not three_revisions(code, WALLS, OUTSIDE.format("VACUUM"), FAILS)
    assert [version(code) for code in one_and_two] == ["0022", "0021"]


def test_with_two_databases_a_hook_finds_a_list(one_and_two):
    """upgrade_ops serves one database; with two Alembic names upgrade_ops_list."""
    one, two = one_and_two
    for code in one_and_two:
        code.edit("hearth/database.py", "migrate = Migrate()\n", HOOK)
    assert one.flask("db", "migrate", "-m", "x").ok
    assert "upgrade_ops_list" in two.flask("db", "migrate", "-m", "x").stderr


@pytest.fixture
def seven(copy_of):
    """Stage 7's app, at its head, and furnished."""
    code = copy_of("07")
    assert code.flask("db", "upgrade").ok
    assert code.flask("furnish").ok
    return code


def test_without_it_all_revisions_of_both_databases_are_kept_or_none(seven):
    """What fails in the archive takes back what the main database had done."""
    add_revision(seven, "0016", "0015", 'op.execute("CREATE TABLE lamp (id INTEGER)")')
    add_revision(seven, "0017", "0016", FAILS)
    file = seven.folder / "migrations/versions/0017_one_more.py"
    only_there = (
        file.read_text("utf-8")
        .replace("():", "(engine_name):")
        .replace(FAILS, f'engine_name == "archive" and {FAILS}')
    )
    file.write_text(only_there, "utf-8")
    failed = seven.flask("db", "upgrade")
    assert "Running upgrade 0016 -> 0017" in failed.stderr
    assert not failed.ok
    assert version(seven) == "0015"
    assert seven.columns("lamp") == set()


READING = [("current",), ("check",), ("history", "--indicate-current")]


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_who_reads_waits_for_no_writer(seven, words):
    """`current`, `check` and `history -i` answer while somebody else writes."""
    with closing(sqlite3.connect(seven.folder / "instance/hearth.db")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert seven.flask("db", *words).ok


def test_a_mismatched_key_ends_no_command(seven):
    """A foreign key to a column that is not unique is named, and stops no upgrade."""
    seven.sql("CREATE TABLE tag (colour TEXT REFERENCES room (colour))")
    seven.sql("INSERT INTO tag VALUES ('sage green')")
    assert seven.flask("db", "current").ok
    add_revision(seven, "0016", "0015", "pass")
    upgraded = seven.flask("db", "upgrade")
    assert upgraded.ok
    assert "The references of tag are not checked: foreign key mismatch" in upgraded.stderr


def test_one_orphan_repaired_and_another_made_is_refused(seven):
    """Rows are compared one by one: as many orphans as before may be other orphans."""
    seven.sql("UPDATE furniture SET room_id = 99 WHERE id = 1")
    swap = "UPDATE furniture SET room_id = CASE id WHEN 1 THEN 1 ELSE 99 END WHERE id <= 2"
    add_revision(seven, "0016", "0015", f'op.execute("{swap}")')
    refused = seven.flask("db", "upgrade")
    assert "new rows refer to nothing (1): row 2 of furniture (to room)" in refused.stderr
    assert version(seven) == "0015"


def test_the_app_guards_its_references_again_after_an_upgrade(seven):
    """What env.py changed on the app's own connection, it puts back."""
    done = seven.shell(
        "from sqlalchemy import create_engine, StaticPool, text",
        "raw = db.engine.raw_connection()",
        "x = raw.driver_connection.execute('PRAGMA foreign_keys = ON')",
        "raw.close()",
        "import flask_migrate",
        "flask_migrate.downgrade(revision='0014')",
        "print(db.session.scalar(text('PRAGMA foreign_keys')), 'guarded')",
        "print(repr(db.session.connection().connection.isolation_level), 'habit')",
    )
    assert "1 guarded" in done.stdout
    assert "'' habit" in done.stdout


# -- on PostgreSQL -----------------------------------------------------------------------------

CONCURRENTLY = """with op.get_context().autocommit_block():
        op.drop_index("ix_colour", if_exists=True, postgresql_concurrently=True)
        op.create_index("ix_colour", "room", ["colour"], postgresql_concurrently=True)"""
ADD = 'op.add_column("room", sa.Column("paint", sa.String(30)))'
#: What one writes first who looks for a lock.
OBVIOUS = """    with connectable.connect() as connection:
        from sqlalchemy import text
        connection.execute(text("SELECT pg_advisory_lock(7)"))
"""


@pytest.fixture
def served(seven, postgresql):
    """Stage 7's app, its main database on a PostgreSQL, at its head and furnished."""
    seven.use(postgresql)
    assert seven.flask("db", "upgrade").ok
    assert seven.flask("furnish").ok
    return seven


def test_the_obvious_advisory_lock_keeps_nothing(copy_of, postgresql):
    """A statement before context.configure(): the upgrade ends with 0, and nothing is kept."""
    code = copy_of("05")
    code.use(postgresql)
    assert code.flask("db", "upgrade").ok
    code.edit("migrations/env.py", "    with connectable.connect() as connection:\n", OBVIOUS)
    add_revision(code, "0009", "0008", ADD)
    upgraded = code.flask("db", "upgrade")
    assert upgraded.exit_code == 0
    assert "Running upgrade 0008 -> 0009" in upgraded.stderr
    assert version(code) == "0008"
    assert "paint" not in code.columns("room")


def test_two_upgrades_at_once_wait_for_each_other(served):
    """One of them builds the index, beside the other that waits for the lock."""
    add_revision(served, "0016", "0015", CONCURRENTLY)
    with ThreadPoolExecutor(2) as workers:
        ended = list(workers.map(lambda _: served.flask("db", "upgrade"), range(2)))
    assert [each.exit_code for each in ended] == [0, 0]
    assert sorted("0015 -> 0016" in each.stderr for each in ended) == [False, True]
    assert version(served) == "0016"
    valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_colour'::regclass"
    assert served.sql(valid) == [(True,)]


def test_an_upgrade_does_not_wait_long_for_a_table(served, postgresql):
    """Behind a long query it gives up, and has changed nothing; afterwards it can be run again."""
    served.edit("migrations/env.py", "SET lock_timeout = '5s'", "SET lock_timeout = '200ms'")
    add_revision(served, "0016", "0015", ADD)
    engine = sa.create_engine(postgresql, poolclass=sa.NullPool)
    with engine.begin() as reader:
        reader.execute(sa.text("SELECT * FROM room"))
        refused = served.flask("db", "upgrade")
    assert "canceling statement due to lock timeout" in refused.stderr
    assert version(served) == "0015"
    assert served.flask("db", "upgrade").ok
    assert version(served) == "0016"
