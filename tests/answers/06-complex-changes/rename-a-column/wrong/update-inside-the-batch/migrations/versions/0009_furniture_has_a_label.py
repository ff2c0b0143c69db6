"""furniture has a label

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
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('label', sa.String(length=80), nullable=True))
        op.execute("UPDATE furniture SET label = name")

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('label', existing_type=sa.String(length=80), nullable=False)
        batch_op.drop_column('name')


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name', sa.String(length=80), nullable=True))

    op.execute("UPDATE furniture SET name = label")

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=80), nullable=False)
        batch_op.drop_column('label')
