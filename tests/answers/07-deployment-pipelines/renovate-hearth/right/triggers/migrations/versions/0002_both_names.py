"""expand, and keep both names alike

Revision ID: 0002
Revises: 0001

"""
from alembic import op
import sqlalchemy as sa


revision = '0002'
down_revision = '0001'
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
NEW = (
    ('colour', sa.String(length=30)), ('width', sa.Integer()), ('length', sa.Integer()),
    ('size_note', sa.String(length=20)), ('floor', sa.Integer()),
)
CONDITION = sa.Enum('good', 'worn', 'broken', name='condition', native_enum=False)
# Whoever writes one of the two names writes both.
TRIGGERS = {
    'name_of_a_new_piece': 'INSERT ON furniture WHEN NEW.name IS NULL BEGIN'
    ' UPDATE furniture SET name = NEW.label WHERE id = NEW.id; END',
    'label_of_a_new_piece': 'INSERT ON furniture WHEN NEW.label IS NULL BEGIN'
    ' UPDATE furniture SET label = NEW.name WHERE id = NEW.id; END',
    'name_follows': 'UPDATE OF label ON furniture WHEN NEW.name IS NOT NEW.label BEGIN'
    ' UPDATE furniture SET name = NEW.label WHERE id = NEW.id; END',
    'label_follows': 'UPDATE OF name ON furniture WHEN NEW.label IS NOT NEW.name BEGIN'
    ' UPDATE furniture SET label = NEW.name WHERE id = NEW.id; END',
}


def upgrade_():
    op.create_table('owner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_owner'),
    sa.UniqueConstraint('name', name='uq_owner_name')
    )
    op.create_table('release_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.String(length=32), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('outcome', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_release_log')
    )
    op.create_table('inspection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['room_id'], ['room.id'], name='fk_inspection_room_id_room'),
    sa.PrimaryKeyConstraint('id', name='pk_inspection')
    )
    for column, kind in NEW:
        op.add_column('room', sa.Column(column, kind, nullable=True))
    with op.batch_alter_table('room', naming_convention=NAMED, recreate='always'):
        pass
    with op.batch_alter_table('furniture', naming_convention=NAMED) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=80), nullable=True)
        batch_op.add_column(sa.Column('label', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('condition', CONDITION, nullable=True))
        batch_op.add_column(sa.Column('bought_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('value', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('value_note', sa.String(length=20), nullable=True))
        batch_op.create_index('ix_furniture_room_id', ['room_id'], unique=False)
        batch_op.create_foreign_key('fk_furniture_owner_id_owner', 'owner', ['owner_id'], ['id'])
    op.execute('UPDATE furniture SET label = name')
    for name, body in TRIGGERS.items():
        op.execute(f'CREATE TRIGGER {name} AFTER {body}')


def downgrade_():
    for name in TRIGGERS:
        op.execute(f'DROP TRIGGER {name}')
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.drop_constraint('fk_furniture_owner_id_owner', type_='foreignkey')
        batch_op.drop_index('ix_furniture_room_id')
        batch_op.drop_column('value_note')
        batch_op.drop_column('value')
        batch_op.drop_column('owner_id')
        batch_op.drop_column('bought_on')
        batch_op.drop_column('condition')
        batch_op.drop_column('label')
        batch_op.alter_column('name', existing_type=sa.String(length=80), nullable=False)
    for column, _ in reversed(NEW):
        op.drop_column('room', column)
    op.drop_table('inspection')
    op.drop_table('release_log')
    op.drop_table('owner')


def upgrade_archive():
    op.create_table('sold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.Column('sold_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_sold')
    )


def downgrade_archive():
    op.drop_table('sold')
