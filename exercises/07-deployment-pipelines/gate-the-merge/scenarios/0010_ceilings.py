"""how high a ceiling is

Revision ID: 0010
Revises: 0004b1
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0004b1'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('room', sa.Column('ceiling', sa.Integer(), nullable=True))


def downgrade():
    op.drop_column('room', 'ceiling')
