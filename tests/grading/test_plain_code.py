"""Code that can see nothing but its database: it need not be run where it would be typed."""

import pytest

from remodel.course.catalog import find_course
from remodel.grading.answer import Answer, solution
from remodel.grading.workspace.keeps_nothing import keeps_nothing
from remodel.grading.workspace.plain_code import (
    is_plain,
    is_plain_answer,
    is_plain_sql,
)

REVISION = '''"""furniture has a colour"""

from typing import Optional
from alembic import op
import sqlalchemy as sa

revision: str = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("furniture") as batch:
        batch.add_column(sa.Column("colour", sa.String(30), server_default="red"))
    furniture = sa.table("furniture", sa.column("colour"))
    op.execute(furniture.update().where(furniture.c.colour == "red").values(colour=None))
    op.execute("UPDATE furniture SET colour = 'blue' WHERE colour IS NULL")
    BODY


def downgrade() -> None:
    op.drop_column("furniture", "colour")
'''
#: What could tell where it is run; each stands in a revision that is plain but for it.
LOOKS = (
    "import os",
    "from hearth import os",
    "from sqlalchemy import util",
    "open('/dev/shm/n')",
    "op.get_bind().engine.url",
    "op.get_context().config",
    "sa.util.os",
    "print(__file__)",
    "__import__('os')",
    "getattr(op, 'get_' + 'bind')",
    "op.execute('ATTACH x AS y')",
    "op.execute('ATT' + 'ACH ...')",
    "sql = 'ATT'\n    op.execute(sql)",
    "op.execute('%sACH' % 'ATT')",
    "op.execute(f'{op}')",
    "op.execute('xATTxACH'.replace('x', ''))",
    "op.execute('PRAGMA database_list')",
    "op.execute('PRAGMA hard_heap_limit = 4711')",
    "op.execute('VACUUM INTO ...')",
    "op.execute('SELECT fts3_tokenizer(:x)')",
    "op.execute(''.join(['ATT', 'ACH ...']))",
    "def made():\n        return x + y\n    x = 'ATT'\n    y = 'ACH ...'\n    op.execute(made())",
    "x = 'ATT'\n    y = 'ACH ...'\n    op.execute(sqltext=x + y)",
    "x = ['ATT']\n    max(x, key=op.execute)",
    "run = op.execute\n    run(1)",
    "from sqlalchemy import text as made",
    "op.execute(op.get_bind().scalar(sa.text(\"SELECT 'ATT' || 'ACH ...'\")))",
    "def where():\n        return 'ATT'",
    "print(op, file=op)",
    "op.f(op.get_bind())",
    "sa.Table(op, sa.MetaData()).name",
    "from hearth.database import db\n    print(sa.Table(db, sa.MetaData()).name)",
    "x: Optional[1.0] = 1",
    "one = 1.0\n    x: Optional[one] = 1",
    "t = 'open(1)'\n    x: Optional[t] = None",
    "x: 'a.b.c' = 1",
    "from sqlalchemy.orm import relationship\n    relationship('[0 for y in [A] for y.b in [1]]')",
    "from sqlalchemy.orm import relationship\n    relationship('A', order_by='a.__b')",
    "from sqlalchemy.orm import relationship\n    t = 'open(1)'\n    relationship(t)",
    "from sqlalchemy.orm import relationship\n    relationship(order_by=1 and 'open(1)')",
    "from sqlalchemy.orm import relationship\n    relationship('open(1)'.strip())",
    "from sqlalchemy.orm import relationship\n    r = relationship",
    "str(op.get_bind())",
    "'{0.engine}'.format(op.get_bind())",
    "[x for x in {'a', 'b'}]",
    "hash('a')",
    "id(op)",
    "try:\n        pass\n    except RecursionError:\n        pass",
    "class A:\n        def __del__(self):\n            pass",
    "class A:\n        x = sa.orm.relationship('__import__(\"os\").getcwd()')",
    "class A:\n        x: 'open(1)' = 1",
    "().__class__",
    "lambda x=globals: x()",
    "breakpoint()",
    "unknown",
)
#: What could keep a row for the way back; all of it is plain.
KEEPS = (
    "op.name = [1]",
    "sa.Column.id = 1",
    "op.f[0] = 1",
    "for op.name in [1]:\n        pass",
    "with op.batch_alter_table('furniture') as op.name:\n        pass",
    "[0 for op.name in [1]]",
    "op.name: int = 1",
    "from sqlalchemy.orm import validates\n    validates('a row')(sa.select)",
    "class K(int):\n        def __repr__(self):\n            return 'a row'",
    "[Optional[1]]",
    "sa.select(lambda: op.get_bind().scalar(sa.text('SELECT 1')))",
    "def row():\n        return 1\n    sa.select(row)",
    "sa.select(1).order_by(op.get_bind().execute(sa.text('SELECT 1')).first)",
    "sa.Index('i', 'colour', postgresql_using='gin')",
    "sa.Index('i', 'colour', **{'mysql_length': 1})",
    "op.execute('SELECT julianday()')",
    "bind = op.get_bind()\n    bind.execute(sa.text('SELECT 1'), execution_options={})",
    "sa.Table(op.get_bind(), sa.MetaData())",
    "bind = op.get_bind()\n    sa.Index(bind, 'colour')",
    "sa.String(sa.func)",
    "sa.select(1).subquery().name",
    "sa.column('1', is_literal=True)",
    "op.create_table('x', sa.Column('y', sa.Integer()), prefixes=['TEMPORARY'])",
)
#: What is usual, and what migrations of rows are made of.
USUAL = (
    "bind = op.get_bind()\n    for row in bind.execute(sa.text('SELECT * FROM room')).mappings():\n"
    "        bind.execute(sa.text('UPDATE room SET name = :n'), {'n': row['name'].split('-')[0]})",
    "for row in op.get_bind().execute(sa.select(sa.column('id'))).all():\n        print(row.id)",
    "if sa.inspect(op.get_bind()).has_table('room'):\n        raise NotImplementedError",
    "op.alter_column('room', 'name', existing_type=sa.VARCHAR(length=80), nullable=False)",
    "op.create_index(op.f('ix_room'), 'room', ['name'], unique=True, sqlite_where=sa.text('1'))",
    "op.create_table('photo', sa.Column('id', sa.Integer(), primary_key=True),\n"
    "        sa.Column('room', sa.Integer, sa.ForeignKey('room.id', ondelete='CASCADE')))",
    "x: Optional[int] = None",
    "from sqlalchemy.orm import relationship\n    relationship('Room', order_by='Room.id')",
)


@pytest.mark.parametrize("body", LOOKS)
def test_what_could_look_around_is_not_plain(body: str) -> None:
    """Be it by Python, by SQL, or by a text that becomes one of them."""
    assert not is_plain(REVISION.replace("BODY", body).encode())


def test_a_usual_revision_is_plain() -> None:
    """Operations, statements, types and columns: most revisions have nothing else."""
    assert is_plain(REVISION.replace("BODY", "pass").encode())
    assert not is_plain(b"def upgrade(:")


def test_a_script_is_plain_unless_it_names_a_file() -> None:
    """ATTACH opens one, and a pragma says where the own one lies."""
    assert is_plain_sql("PRAGMA foreign_keys = OFF; DROP TABLE größe;".encode())
    assert not is_plain_sql(b"SELECT * FROM Pragma_Database_List;")
    assert not is_plain_sql("ATTACH 'x' AS y;".encode("utf-16"))


def test_an_answer_is_plain_where_all_is_that_the_course_did_not_write() -> None:
    """Its own files may look around: they are known."""
    exercise = find_course().exercise("add-a-column")
    solved = solution(exercise)
    assert is_plain_answer(solved)
    odd = Answer(exercise, "odd", {**solved.files, "migrations/alembic.ini": b"[alembic]"})
    assert not is_plain_answer(odd)


@pytest.mark.parametrize("body", KEEPS)
def test_what_could_keep_something_for_the_next_command_has_a_process_of_its_own(body: str) -> None:
    """What it binds is gone with its app; what it sets in a library would stay."""
    exercise = find_course().exercise("add-a-column")
    file = "migrations/versions/0002_furniture_has_a_colour.py"
    answers = [
        Answer(exercise, body, {**exercise.given, file: REVISION.replace("BODY", code).encode()})
        for code in ("pass", body)
    ]
    assert [is_plain_answer(answer) for answer in answers] == [True, True]
    assert [keeps_nothing(answer) for answer in answers] == [True, False]


@pytest.mark.parametrize("body", USUAL)
def test_the_commands_of_a_usual_revision_follow_one_another(body: str) -> None:
    """Otherwise each of them would take as long as a process takes to begin."""
    exercise = find_course().exercise("add-a-column")
    file = "migrations/versions/0002_furniture_has_a_colour.py"
    revision = REVISION.replace("BODY", body).encode()
    assert keeps_nothing(Answer(exercise, body, {**exercise.given, file: revision}))
