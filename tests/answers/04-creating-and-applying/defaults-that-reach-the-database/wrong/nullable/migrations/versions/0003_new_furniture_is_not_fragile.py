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
    # A delivery says nothing about it, so it may be NULL.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column(
            'fragile',
            existing_type=sa.Boolean(),
            nullable=True,
        )


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column(
            'fragile',
            existing_type=sa.Boolean(),
            nullable=False,
        )
