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
    op.drop_table('furniture')
    op.create_table('furniture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('bought_on', sa.Date(), nullable=True),
    sa.Column('owner', sa.String(length=80), nullable=True),
    sa.Column('maker', sa.String(length=80), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_furniture_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_furniture'))
    )
    op.create_index('ix_furniture_room_id', 'furniture', ['room_id'])


def downgrade():
    op.drop_column('furniture', 'maker')
