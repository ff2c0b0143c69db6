"""notes on furniture

Revision ID: 7d31c5e0a2f4
Revises: 0005
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '7d31c5e0a2f4'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('note', sa.Text(), nullable=True))


def downgrade():
    op.drop_column('furniture', 'note')
