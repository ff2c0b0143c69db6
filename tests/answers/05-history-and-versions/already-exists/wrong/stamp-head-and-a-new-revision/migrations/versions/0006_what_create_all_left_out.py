"""what create_all left out

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
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_furniture_room_id'), ['room_id'], unique=False)

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('size', sa.String(length=20), nullable=False, server_default='unknown'))


def downgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('size')

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_furniture_room_id'))
