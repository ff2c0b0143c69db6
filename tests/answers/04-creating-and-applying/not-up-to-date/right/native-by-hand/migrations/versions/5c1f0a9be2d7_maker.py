"""maker

Revision ID: 5c1f0a9be2d7
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5c1f0a9be2d7'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('maker', sa.String(length=60), nullable=True))


def downgrade():
    op.drop_column('furniture', 'maker')
