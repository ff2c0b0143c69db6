"""the rooms are counted

Revision ID: 0006
Revises: 0005
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

from sqlite3 import OperationalError


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    # What SQLite says where somebody else writes for longer than the upgrade waits.
    raise sa.exc.OperationalError('UPDATE room', {}, OperationalError('database is locked'))


def downgrade():
    pass
