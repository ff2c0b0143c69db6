"""furniture has a material

Revision ID: b71c90de24f8
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'b71c90de24f8'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('material', sa.String(length=40), nullable=True))


def downgrade():
    op.drop_column('furniture', 'material')
