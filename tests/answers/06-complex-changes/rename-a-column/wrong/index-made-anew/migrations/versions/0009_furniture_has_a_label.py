"""furniture has a label

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
    op.drop_index('ix_furniture_room_id', table_name='furniture')
    op.alter_column('furniture', 'name', new_column_name='label')
    op.create_index('ix_furniture_by_room', 'furniture', ['room_id'])


def downgrade():
    op.drop_index('ix_furniture_by_room', table_name='furniture')
    op.alter_column('furniture', 'label', new_column_name='name')
    op.create_index('ix_furniture_room_id', 'furniture', ['room_id'])
