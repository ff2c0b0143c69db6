"""the rules change over

Revision ID: 0008
Revises: 0007

"""
from alembic import op
import sqlalchemy as sa


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


TEXT = sa.String(length=80)
KIND = sa.String(length=6)


def upgrade_():
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('label', existing_type=TEXT, nullable=False)
        batch_op.alter_column('condition', existing_type=KIND, nullable=False)
        batch_op.alter_column('name', existing_type=TEXT, nullable=True)


def downgrade_():
    op.execute('UPDATE furniture SET name = label')
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('name', existing_type=TEXT, nullable=False)
        batch_op.alter_column('condition', existing_type=KIND, nullable=True)
        batch_op.alter_column('label', existing_type=TEXT, nullable=True)


def upgrade_archive():
    pass


def downgrade_archive():
    pass
