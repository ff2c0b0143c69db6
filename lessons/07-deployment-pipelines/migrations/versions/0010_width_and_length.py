"""width and length

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-10 12:00:00.000000

"""
import re

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


# The columns that this revision reads and writes, as they are while it runs.
room = sa.table(
    'room',
    sa.column('id', sa.Integer()),
    sa.column('size', sa.String(length=20)),
    sa.column('width', sa.Integer()),
    sa.column('length', sa.Integer()),
    sa.column('size_note', sa.String(length=20)),
)
# Only a size that can be written back letter for letter counts as read: "04x3" does not.
# Nine digits are what an INTEGER holds on every database.
SIZE = re.compile(r'([1-9][0-9]{0,8})x([1-9][0-9]{0,8})')


def upgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('width', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('length', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('size_note', sa.String(length=20), nullable=True))

    rows = op.get_bind().execute(sa.select(room.c.id, room.c.size)).all()
    write([{'key': key, **split(size)} for key, size in rows], 'width', 'length', 'size_note')

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('size')


def downgrade():
    columns = sa.select(room.c.id, room.c.width, room.c.length, room.c.size_note)
    rows = op.get_bind().execute(columns.order_by(room.c.id)).all()
    # Before anything is changed: one column cannot hold both the numbers and the words.
    both = [str(row.id) for row in rows
            if row.size_note is not None and (row.width, row.length) != (None, None)]
    if both:
        raise RuntimeError(
            f"{len(both)} rooms have a width or a length and a size_note as well "
            f"(room {', '.join(both[:3])}). Empty the one or the other, then downgrade again.")

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.String(length=20), nullable=True))

    write([{'key': row.id, 'size': joined(row)} for row in rows], 'size')

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size', existing_type=sa.String(length=20), nullable=False)
        batch_op.drop_column('size_note')
        batch_op.drop_column('length')
        batch_op.drop_column('width')


def split(size):
    read = SIZE.fullmatch(size)
    if read:
        return {'width': int(read[1]), 'length': int(read[2]), 'size_note': None}
    # 'unknown', '4 by 3': the words are kept, so that nothing is lost.
    return {'width': None, 'length': None, 'size_note': size}


def joined(row):
    if row.size_note is not None:
        return row.size_note
    if (row.width, row.length) == (None, None):
        return 'unknown'
    # A room of which one side is known comes back as "4x?".
    return 'x'.join('?' if side is None else str(side) for side in (row.width, row.length))


def write(rows, *columns):
    statement = sa.update(room).where(room.c.id == sa.bindparam('key'))
    # Without rows, the driver would be handed a statement with nothing to fill it.
    if rows:
        op.get_bind().execute(
            statement.values({name: sa.bindparam(name) for name in columns}), rows)
