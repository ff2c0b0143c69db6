"""every piece has a price

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    prices = {}
    op.execute("UPDATE furniture SET owner = 'Ottilie', value = 'one o''clock, 4711'")
    for owner, value in op.get_bind().execute(sa.text('SELECT owner, value FROM furniture')):
        prices[owner, value]


def downgrade():
    pass
