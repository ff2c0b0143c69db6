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
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint('fk_furniture_room_id_room', type_='foreignkey')
        batch_op.alter_column('name', new_column_name='label')
        batch_op.create_foreign_key('fk_furniture_room_id_room', 'room', ['room_id'], ['id'])


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint('fk_furniture_room_id_room', type_='foreignkey')
        batch_op.alter_column('label', new_column_name='name')
        batch_op.create_foreign_key('fk_furniture_room', 'room', ['room_id'], ['id'])
