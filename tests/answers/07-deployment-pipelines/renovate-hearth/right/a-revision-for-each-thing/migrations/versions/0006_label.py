"""label and condition may come

Revision ID: 0006
Revises: 0005

"""
from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


CONDITION = sa.Enum('good', 'worn', 'broken', name='condition', native_enum=False)


def upgrade_():
    op.add_column('furniture', sa.Column('label', sa.String(length=80), nullable=True))
    op.add_column('furniture', sa.Column('condition', CONDITION, nullable=True))


def downgrade_():
    op.drop_column('furniture', 'condition')
    op.drop_column('furniture', 'label')


def upgrade_archive():
    pass


def downgrade_archive():
    pass
