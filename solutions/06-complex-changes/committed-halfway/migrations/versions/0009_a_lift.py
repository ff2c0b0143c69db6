"""a lift

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('room', sa.Column('by_lift', sa.Boolean(), nullable=True))
    # The lift's buttons begin with 1 where people began with 0.
    op.execute('UPDATE room SET floor = floor + 1')


def downgrade():
    op.execute('UPDATE room SET floor = floor - 1')
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('by_lift')
