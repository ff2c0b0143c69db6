"""some are lost

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


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE condition ADD VALUE IF NOT EXISTS 'lost'")
    op.execute("UPDATE furniture SET condition = 'lost' WHERE name = 'Piano'")


def downgrade():
    pass