"""doors

Revision ID: 000a
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '000a'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('door', sa.Column('id', sa.Integer, primary_key=True))


def downgrade():
    pass
