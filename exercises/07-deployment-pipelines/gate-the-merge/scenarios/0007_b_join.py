"""join one cellar and the ceilings

Revision ID: 0007b
Revises: 0009, 0004f2
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007b'
down_revision = ('0009', '0004f2')
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
