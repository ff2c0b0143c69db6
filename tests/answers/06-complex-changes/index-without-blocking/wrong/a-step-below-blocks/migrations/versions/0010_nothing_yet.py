"""nothing yet

Revision ID: 0010
Revises: 0009
Create Date: 2026-02-10 09:00:00.000000

"""

# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
