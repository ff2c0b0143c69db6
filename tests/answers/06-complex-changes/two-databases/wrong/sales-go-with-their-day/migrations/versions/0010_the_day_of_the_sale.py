"""the day of the sale

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()





def upgrade_():
    pass


def downgrade_():
    pass


def upgrade_archive():
    with op.batch_alter_table('sold', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sold_on', sa.Date(), nullable=False))


def downgrade_archive():
    op.execute("DELETE FROM sold WHERE sold_on > '2000-01-01'")
    with op.batch_alter_table('sold', schema=None) as batch_op:
        batch_op.drop_column('sold_on')
