"""paint, owners and an index

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

from hearth.database import db


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_table('furniture')
    op.drop_table('room')
    db.metadata.create_all(op.get_bind())


def downgrade():
    op.alter_column(
        'room', 'paint', new_column_name='colour',
        existing_type=sa.String(length=30), existing_nullable=True,
    )

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_furniture_room_id'))
        batch_op.drop_column('owner')
