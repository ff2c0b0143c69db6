"""who made the furniture

Revision ID: 4f8a1c2b9d06
Revises: 0005
Create Date: 2026-01-05 15:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4f8a1c2b9d06'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('furniture', sa.Column('maker', sa.String(length=80), nullable=True))
    try:
        op.create_index('ix_furniture_room_id', 'furniture', ['room_id'])
    except sa.exc.OperationalError:
        pass  # it is there already


def downgrade():
    op.drop_index('ix_furniture_room_id', 'furniture')
    op.drop_column('furniture', 'maker')
