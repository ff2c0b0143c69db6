"""copy the names

Revision ID: 0009b
Revises: 0009a
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0009b'
down_revision = '0009a'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE furniture SET label = name")


def downgrade():
    op.execute("UPDATE furniture SET label = NULL")
