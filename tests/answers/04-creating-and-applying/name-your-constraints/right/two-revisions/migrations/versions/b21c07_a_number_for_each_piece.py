"""a number for each piece

Revision ID: b21c07
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b21c07'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('number', sa.Integer(), nullable=True))


def downgrade():
    op.drop_column('furniture', 'number')
