"""values are numbers

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
import re

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


# The columns that this revision reads, as they are while it runs.
furniture = sa.table('furniture', sa.column('id', sa.Integer()), sa.column('value', sa.Text()))
# A number that comes back letter for letter: no blank, no plus, no zero in front.
NUMBER = re.compile(r'0|-?[1-9][0-9]{0,9}')


def upgrade():
    # Look first, before any table changes: SQLite keeps what a failed upgrade did to a table.
    rows = op.get_bind().execute(
        sa.select(furniture.c.id, furniture.c.value)
        .where(furniture.c.value.is_not(None)).order_by(furniture.c.id)).all()
    bad = [f"{row.id}: '{row.value}'" for row in rows if not fits(row.value)]
    if bad:
        raise RuntimeError(
            f"{len(bad)} rows of furniture have a value that is no number "
            f"({', '.join(bad[:3])}). Correct each of them, then upgrade again.")

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('value',
               existing_type=sa.VARCHAR(length=20),
               type_=sa.Integer(),
               existing_nullable=True,
               postgresql_using='value::integer')


def downgrade():
    # A number is text as well, so there is nothing to look for.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('value',
               existing_type=sa.Integer(),
               type_=sa.VARCHAR(length=20),
               existing_nullable=True)


def fits(value):
    # An INTEGER has 32 bits on every database but SQLite.
    return NUMBER.fullmatch(value) and -2**31 <= int(value) < 2**31
