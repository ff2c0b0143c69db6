"""a room's size may be empty: the next code does not know it

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

room = sa.table('room', sa.column('size', sa.String(length=20)))


def upgrade():
    with op.batch_alter_table('room') as batch_op:
        batch_op.alter_column('size', existing_type=sa.String(length=20), nullable=True)


def downgrade():
    # What the next code has added in the meantime has no size.
    op.execute(sa.update(room).where(room.c.size.is_(None)).values(size='unknown'))
    with op.batch_alter_table('room') as batch_op:
        batch_op.alter_column('size', existing_type=sa.String(length=20), nullable=False)
