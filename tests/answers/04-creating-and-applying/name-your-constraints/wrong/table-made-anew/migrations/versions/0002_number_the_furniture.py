"""number the furniture

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
    op.drop_table('furniture')
    op.create_table('furniture',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.CheckConstraint('number > 0', name=op.f('ck_furniture_number')),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_furniture_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_furniture')),
    sa.UniqueConstraint('number', name=op.f('uq_furniture_number'))
    )


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_furniture_number'), type_='unique')
        batch_op.drop_constraint(op.f('ck_furniture_number'), type_='check')
        batch_op.drop_column('number')
