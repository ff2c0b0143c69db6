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
    there = {column['name'] for column in sa.inspect(op.get_bind()).get_columns('room')}
    if 'ceiling' in there:
        raise RuntimeError('room.ceiling is there already')
    op.add_column('room', sa.Column('ceiling', sa.Integer(), nullable=True))


def downgrade():
    pass
