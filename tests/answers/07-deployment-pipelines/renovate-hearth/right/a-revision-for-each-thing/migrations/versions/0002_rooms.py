"""rooms

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


def upgrade_():
    for column, kind in NEW:
        op.add_column('room', sa.Column(column, kind, nullable=True))
    with op.batch_alter_table('room', naming_convention=NAMED, recreate='always'):
        pass


def downgrade_():
    for column, _ in reversed(NEW):
        op.drop_column('room', column)


def upgrade_archive():
    pass


def downgrade_archive():
    pass
