"""nothing yet

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    pass


def downgrade(engine_name):
    if engine_name == 'archive':
        op.execute("DELETE FROM sold")
