"""furniture has a colour

Revision ID: a80fdfc89a8d
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'a80fdfc89a8d'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('colour', sa.String(length=30), nullable=True))


def downgrade():
    op.drop_column('furniture', 'colour')
