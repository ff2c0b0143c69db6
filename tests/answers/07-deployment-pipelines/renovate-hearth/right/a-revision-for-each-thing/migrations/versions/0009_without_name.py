"""name goes

Revision ID: 0009
Revises: 0008

"""
from alembic import op
import sqlalchemy as sa


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


def upgrade_():
    op.drop_column('furniture', 'name')


def downgrade_():
    op.add_column('furniture', sa.Column('name', sa.String(length=80), nullable=True))
    op.execute('UPDATE furniture SET name = label')


def upgrade_archive():
    pass


def downgrade_archive():
    pass
