"""the year of purchase

Revision ID: 0007
Revises: 0006
Create Date: 2026-01-07 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


# The table as it is while it has both columns.
furniture = sa.table(
    'furniture', sa.column('bought_on', sa.Date()), sa.column('bought_year', sa.Integer())
)


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('bought_year', sa.Integer(), nullable=True))

    op.execute(sa.update(furniture).values(bought_year=sa.extract('year', furniture.c.bought_on)))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('bought_on')


def downgrade():
    raise NotImplementedError('0007 cannot be undone. Restore the backup.')
