"""furniture may be fragile

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-12 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    # The default fills the rows that are there, and goes again: from now on the app says it.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fragile', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('fragile', existing_type=sa.Boolean(), server_default=None)


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('fragile')
