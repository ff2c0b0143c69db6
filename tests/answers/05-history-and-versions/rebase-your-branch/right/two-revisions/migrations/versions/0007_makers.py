"""makers

Revision ID: 0007
Revises: 4f8a1c2b9d06
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '4f8a1c2b9d06'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('maker', sa.String(length=80), nullable=True))


def downgrade():
    op.drop_column('furniture', 'maker')
