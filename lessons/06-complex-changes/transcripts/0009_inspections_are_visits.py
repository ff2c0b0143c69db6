"""inspections are visits

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.rename_table('inspection', 'visit')
    with op.batch_alter_table('visit') as batch_op:
        batch_op.drop_constraint('pk_inspection', type_='primary')
        batch_op.create_primary_key('pk_visit', ['id'])
        batch_op.drop_constraint('fk_inspection_room_id_room', type_='foreignkey')
        batch_op.create_foreign_key('fk_visit_room_id_room', 'room', ['room_id'], ['id'])


def downgrade():
    pass