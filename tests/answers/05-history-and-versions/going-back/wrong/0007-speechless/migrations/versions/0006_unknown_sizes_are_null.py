"""unknown sizes are NULL

Revision ID: 0006
Revises: 0005
Create Date: 2026-01-06 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


# The table as it is at this revision. The app's own model will change; this must not.
room = sa.table('room', sa.column('size', sa.String(length=20)))


def upgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size',
               existing_type=sa.VARCHAR(length=20),
               nullable=True)

    # Revision 0004 wrote this word into rooms that nobody had measured.
    op.execute(sa.update(room).where(room.c.size == 'unknown').values(size=None))


def downgrade():
    # NOT NULL has to wait until every room has a size again.
    op.execute(sa.update(room).where(room.c.size.is_(None)).values(size='unknown'))

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size', existing_type=sa.String(length=20), nullable=False)
