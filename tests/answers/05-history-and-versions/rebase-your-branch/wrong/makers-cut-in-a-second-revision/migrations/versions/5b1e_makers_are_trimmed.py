"""tidy up

Revision ID: 5b1e0c7d2a93
Revises: 4f8a1c2b9d06
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '5b1e0c7d2a93'
down_revision = '4f8a1c2b9d06'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE furniture SET maker = trim(maker)")


def downgrade():
    pass
