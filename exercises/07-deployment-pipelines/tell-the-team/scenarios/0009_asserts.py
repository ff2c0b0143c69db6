"""no empty house

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
    assert op.get_bind().scalar(sa.text('SELECT count(*) FROM room')) < 0


def downgrade():
    pass
