"""furniture has a material

Revision ID: bf2192d5813c
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'bf2192d5813c'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('material', sa.String(20), server_default='wood', nullable=False))
    op.execute("UPDATE furniture SET material = 'unknown'")


def downgrade():
    op.drop_column('furniture', 'material')
