"""fill

Revision ID: 0007
Revises: 0006

"""
from alembic import op
import sqlalchemy as sa


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


def upgrade_():
    op.execute('UPDATE furniture SET label = name')
    op.execute("UPDATE furniture SET condition = 'good' WHERE condition IS NULL")


def downgrade_():
    pass


def upgrade_archive():
    pass


def downgrade_archive():
    pass
