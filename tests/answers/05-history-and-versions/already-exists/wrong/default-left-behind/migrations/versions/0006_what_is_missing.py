"""what is missing

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
    found = sa.inspect(op.get_bind())
    if 'size' not in [column['name'] for column in found.get_columns('room')]:
        op.execute("ALTER TABLE room ADD COLUMN size VARCHAR(20) NOT NULL DEFAULT 'unknown'")
    if not found.get_indexes('furniture'):
        op.create_index('ix_furniture_room_id', 'furniture', ['room_id'])


def downgrade():
    pass
