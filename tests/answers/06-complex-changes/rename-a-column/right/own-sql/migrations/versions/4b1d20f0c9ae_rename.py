"""furniture has a label

Revision ID: 4b1d20f0c9ae
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4b1d20f0c9ae'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE furniture RENAME COLUMN name TO label")


def downgrade():
    op.execute("ALTER TABLE furniture RENAME COLUMN label TO name")
