"""a room has a file once

Revision ID: 0003
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_photo_room_id_file_name'), ['room_id', 'file_name'])


def downgrade():
    with op.batch_alter_table('photo', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_photo_room_id_file_name'), type_='unique')
