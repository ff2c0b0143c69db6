"""new furniture is not fragile

Revision ID: 0003
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told', sa.Boolean(), nullable=True))

    op.execute('UPDATE furniture SET told = fragile')

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('fragile')
        batch_op.alter_column('told', new_column_name='fragile', existing_type=sa.Boolean(), nullable=False, server_default=sa.false())


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told', sa.Boolean(), nullable=True))

    op.execute('UPDATE furniture SET told = fragile')

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('fragile')
        batch_op.alter_column('told', new_column_name='fragile', existing_type=sa.Boolean(), nullable=False, server_default=None)
