"""furniture has a maker

Revision ID: 0003
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('maker', sa.String(length=80), nullable=True))


def downgrade():
    op.drop_column('furniture', 'maker')
