"""drop the table in the way

Revision ID: a1c77e05b2d9
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'a1c77e05b2d9'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_table('inspection')


def downgrade():
    pass
