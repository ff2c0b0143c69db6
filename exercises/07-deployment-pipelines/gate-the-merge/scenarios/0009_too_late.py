"""how high a ceiling is

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('room', sa.Column('ceiling', sa.Integer(), nullable=True))


def downgrade():
    op.drop_column('room', 'ceiling')
    raise RuntimeError('Not undone: nobody wrote down how high they were.')
