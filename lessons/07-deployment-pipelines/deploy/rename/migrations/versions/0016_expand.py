"""expand: rooms have paint beside their colour

Revision ID: 0016
Revises: 0015
Create Date: 2026-01-16 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade():
    # It may be empty: the code that runs now goes on adding rooms without it.
    op.add_column('room', sa.Column('paint', sa.String(length=30), nullable=True))


def downgrade():
    op.drop_column('room', 'paint')
