"""drop the name

Revision ID: 0009c
Revises: 0009b
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009c'
down_revision = '0009b'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('label', existing_type=sa.String(length=80), nullable=False)
        batch_op.drop_column('name')


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name', sa.String(length=80), nullable=True))

    op.execute("UPDATE furniture SET name = label")

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=80), nullable=False)
        batch_op.alter_column('label', existing_type=sa.String(length=80), nullable=True)
