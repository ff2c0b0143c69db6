"""every room has a size

Revision ID: 0004
Revises: 0003
Create Date: 2026-01-04 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


# The table as it is at this revision. The app's own model will change; this must not.
room = sa.table('room', sa.column('size', sa.String(length=20)))


def upgrade():
    # A room that is there already has no size, so NOT NULL has to wait for one.
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.String(length=20), nullable=True))

    op.execute(sa.update(room).where(room.c.size.is_(None)).values(size='unknown'))

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size', existing_type=sa.String(length=20), nullable=False)


def downgrade():
    # The sizes go with the column; nothing else of the room changes.
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('size')
