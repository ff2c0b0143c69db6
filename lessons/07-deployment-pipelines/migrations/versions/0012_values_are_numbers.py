"""values are numbers

Revision ID: 0012
Revises: 0011
Create Date: 2026-01-12 12:00:00.000000

"""
import re

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


furniture = sa.table(
    'furniture',
    sa.column('id', sa.Integer()),
    sa.column('value', sa.String(length=20)),
    sa.column('value_note', sa.String(length=20)),
)
# What a number looks like when it can be written back letter for letter: "015" does not.
NUMBER = re.compile(r'0|-?[1-9][0-9]{0,8}')


def upgrade():
    # What is no number could stop the upgrade, or it can be kept. Stopping is right where
    # somebody must decide what "about 120" is worth. Here nobody is waiting to answer, and
    # the words are worth keeping, so they move to a column of their own.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('value_note', sa.String(length=20), nullable=True))

    written = sa.select(furniture.c.id, furniture.c.value).where(furniture.c.value.is_not(None))
    words = [{'key': key} for key, value in op.get_bind().execute(written).all()
             if not NUMBER.fullmatch(value)]
    statement = sa.update(furniture).where(furniture.c.id == sa.bindparam('key'))
    if words:
        # First the words out of the way: SQLite would turn 'priceless' into 0 without a word.
        op.get_bind().execute(
            statement.values(value_note=furniture.c.value, value=sa.null()), words)

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('value',
               existing_type=sa.String(length=20),
               type_=sa.Integer(),
               existing_nullable=True,
               postgresql_using='value::integer')


def downgrade():
    both = sa.select(furniture.c.id).order_by(furniture.c.id).where(
        furniture.c.value.is_not(None), furniture.c.value_note.is_not(None))
    found = [str(key) for key in op.get_bind().scalars(both)]
    if found:
        raise RuntimeError(
            f"{len(found)} pieces of furniture have a value and a value_note as well "
            f"(furniture {', '.join(found[:3])}). Empty the one or the other, then downgrade again.")

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('value',
               existing_type=sa.Integer(),
               type_=sa.String(length=20),
               existing_nullable=True)

    noted = furniture.c.value_note.is_not(None)
    op.execute(sa.update(furniture).where(noted).values(value=furniture.c.value_note))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('value_note')
