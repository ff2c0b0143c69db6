"""paint

Revision ID: 5d1c0a7be942
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '5d1c0a7be942'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column('room', 'colour', new_column_name='paint', existing_type=sa.String(length=30))
    op.add_column('furniture', sa.Column('owner', sa.String(length=80), nullable=True))
    op.create_index('ix_furniture_room_id', 'furniture', ['room_id'])


def downgrade():
    op.drop_index('ix_furniture_room_id', 'furniture')
    op.drop_column('furniture', 'owner')
    op.alter_column('room', 'paint', new_column_name='colour', existing_type=sa.String(length=30))
