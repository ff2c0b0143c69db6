"""expand

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-02 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()



def upgrade_():
    op.create_table('owner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owner')),
    sa.UniqueConstraint('name', name=op.f('uq_owner_name'))
    )
    op.create_table('release_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.String(length=32), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('outcome', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_log'))
    )
    op.create_table('inspection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name=op.f('fk_inspection_room_id_room')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inspection'))
    )
    # The old app's INSERT leaves out what it does not know, so nothing is required yet.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('label', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('bought_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('value', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('value_note', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('condition', sa.Enum('good', 'worn', 'broken', name='condition', native_enum=False), nullable=True))
        batch_op.create_index(batch_op.f('ix_furniture_room_id'), ['room_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_furniture_owner_id_owner'), 'owner', ['owner_id'], ['id'])

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('colour', sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column('width', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('length', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('size_note', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('floor', sa.Integer(), nullable=True))



def downgrade_():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('floor')
        batch_op.drop_column('size_note')
        batch_op.drop_column('length')
        batch_op.drop_column('width')
        batch_op.drop_column('colour')

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_furniture_owner_id_owner'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_furniture_room_id'))
        batch_op.drop_column('condition')
        batch_op.drop_column('value_note')
        batch_op.drop_column('value')
        batch_op.drop_column('owner_id')
        batch_op.drop_column('bought_on')
        batch_op.drop_column('label')

    op.drop_table('inspection')
    op.drop_table('release_log')
    op.drop_table('owner')


def upgrade_archive():
    op.create_table('sold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.Column('sold_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sold'))
    )


def downgrade_archive():
    op.drop_table('sold')

