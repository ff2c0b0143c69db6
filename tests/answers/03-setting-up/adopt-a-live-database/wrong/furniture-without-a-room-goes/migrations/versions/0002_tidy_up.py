"""tidy up

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.execute('DELETE FROM furniture WHERE room_id NOT IN (SELECT id FROM room)')


def downgrade():
    pass
