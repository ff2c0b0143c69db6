"""some are lost

Revision ID: 0011
Revises: 0010
Create Date: 2026-02-17 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE furniture SET condition = 'lost' WHERE condition IS NULL AND value = 'lost'")


def downgrade():
    op.execute("UPDATE furniture SET condition = NULL WHERE condition = 'lost'")
