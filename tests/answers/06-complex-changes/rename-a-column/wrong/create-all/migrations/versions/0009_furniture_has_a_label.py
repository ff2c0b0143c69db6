"""furniture has a label

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

from hearth.database import db


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_table('furniture')
    db.metadata.create_all(op.get_bind())


def downgrade():
    op.drop_table('furniture')
    op.create_table('furniture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('bought_on', sa.Date(), nullable=True),
    sa.Column('owner', sa.String(length=80), nullable=True),
    sa.Column('value', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_furniture_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_furniture'))
    )
    op.create_index(op.f('ix_furniture_room_id'), 'furniture', ['room_id'])
