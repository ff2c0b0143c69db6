"""rooms have marks

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


# The rooms as they are at this revision: as much of them as it needs.
room = sa.table(
    'room',
    sa.column('id', sa.Integer),
    sa.column('floor', sa.Integer),
    sa.column('mark', sa.String),
)


def upgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mark', sa.String(length=30), nullable=True))

    connection = op.get_bind()
    for number, floor in connection.execute(sa.select(room.c.id, room.c.floor)).all():
        # As first_mark() made it on that day.
        mark = f"{'?' if floor is None else floor}/{number}"
        connection.execute(sa.update(room).where(room.c.id == number).values(mark=mark))


def downgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('mark')
