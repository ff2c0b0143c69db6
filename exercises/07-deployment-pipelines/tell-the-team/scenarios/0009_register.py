"""rooms of the register

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
    addresses = 'https://ottokar:tulip-4711@register.example/rooms', 'postgresql://ha-4711@mirror.example'
    raise RuntimeError(f"no answer from {' and '.join(addresses)}")


def downgrade():
    pass
