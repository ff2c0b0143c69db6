"""takes longer than it may

Revision ID: 0010
Revises: 0009
Create Date: 2026-02-02 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("SET LOCAL statement_timeout = '50ms'")
    op.execute("SELECT pg_sleep(60)")


def downgrade():
    pass
