"""owners

Revision ID: 0003
Revises: 0002

"""
from alembic import op
import sqlalchemy as sa


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


NAMED = {
    'pk': 'pk_%(table_name)s',
    'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s',
}


def upgrade_():
    op.create_table('owner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_owner'),
    sa.UniqueConstraint('name', name='uq_owner_name')
    )
    with op.batch_alter_table('furniture', naming_convention=NAMED) as batch_op:
        batch_op.add_column(sa.Column('bought_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('value', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('value_note', sa.String(length=20), nullable=True))
        batch_op.create_index('ix_furniture_room_id', ['room_id'], unique=False)
        batch_op.create_foreign_key('fk_furniture_owner_id_owner', 'owner', ['owner_id'], ['id'])


def downgrade_():
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.drop_constraint('fk_furniture_owner_id_owner', type_='foreignkey')
        batch_op.drop_index('ix_furniture_room_id')
        batch_op.drop_column('value_note')
        batch_op.drop_column('value')
        batch_op.drop_column('owner_id')
        batch_op.drop_column('bought_on')
    op.drop_table('owner')


def upgrade_archive():
    pass


def downgrade_archive():
    pass
