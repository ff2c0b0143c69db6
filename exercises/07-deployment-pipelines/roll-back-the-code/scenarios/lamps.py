"""lamps

Revision ID: lamps
Revises: 0007
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'lamps'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    # Written on another git branch, where 0008 was not yet known.
    op.add_column('room', sa.Column('lamps', sa.Integer(), nullable=True))


def downgrade():
    op.drop_column('room', 'lamps')
