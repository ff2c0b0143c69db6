"""keys

Revision ID: keys
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'keys'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('key', sa.Column('id', sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table('key')
