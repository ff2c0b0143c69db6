"""floors and values

Revision ID: 0008
Revises: 0006, 0007
Create Date: 2026-01-21 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0008'
down_revision = ('0006', '0007')
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('floor', sa.Integer(), nullable=True))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('value', sa.String(length=20), nullable=True))


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('value')

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('floor')
