"""values are numbers

Revision ID: 0006
Revises: 0005
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.execute("UPDATE furniture SET name = 'about 120'")
    int(op.get_bind().scalar(sa.text('SELECT name FROM furniture')))


def downgrade():
    pass
