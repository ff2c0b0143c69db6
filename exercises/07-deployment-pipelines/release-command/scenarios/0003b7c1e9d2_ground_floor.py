"""a room is on the ground floor until somebody says otherwise

Revision ID: 0003b7c1e9d2
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic. Alembic made this id up; its text comes before '0008'.
revision = '0003b7c1e9d2'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.execute('UPDATE room SET floor = 0 WHERE floor IS NULL')


def downgrade():
    # Nobody knows any more which rooms had no floor.
    pass
