"""contract

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


CONDITION = sa.Enum('good', 'worn', 'broken', name='condition', native_enum=False)
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
    for name in TRIGGERS:
        op.execute(f'DROP TRIGGER {name}')
    op.execute("UPDATE furniture SET condition = 'good' WHERE condition IS NULL")
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('label', existing_type=sa.String(length=80), nullable=False)
        batch_op.alter_column('condition', existing_type=CONDITION, nullable=False)
        batch_op.drop_column('name')


def downgrade_():
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.add_column(sa.Column('name', sa.String(length=80), nullable=True))
        batch_op.alter_column('condition', existing_type=CONDITION, nullable=True)
        batch_op.alter_column('label', existing_type=sa.String(length=80), nullable=True)
    op.execute('UPDATE furniture SET name = label')
    for name, body in TRIGGERS.items():
        op.execute(f'CREATE TRIGGER {name} AFTER {body}')


def upgrade_archive():
    pass


def downgrade_archive():
    pass
