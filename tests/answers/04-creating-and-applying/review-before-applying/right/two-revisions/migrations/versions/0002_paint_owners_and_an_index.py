"""paint, owners and an index

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner', sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f('ix_furniture_room_id'), ['room_id'], unique=False)


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_furniture_room_id'))
        batch_op.drop_column('owner')
