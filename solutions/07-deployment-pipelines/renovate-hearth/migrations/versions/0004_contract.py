"""contract

Revision ID: 0004
Revises: 0003
Create Date: 2026-01-04 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0004'
down_revision = '0003'
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
    furniture = sa.table('furniture', sa.column('name'), sa.column('label'))
    op.execute(sa.update(furniture).values(name=furniture.c.label))


def upgrade_archive():
    pass


def downgrade_archive():
    pass
