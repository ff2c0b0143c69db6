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
    # Not every program that writes here knows the models, so the table itself has to know.
    op.get_bind().commit()
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column(
            'fragile',
            existing_type=sa.Boolean(),
            existing_nullable=False,
            server_default=sa.false(),
        )


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column(
            'fragile',
            existing_type=sa.Boolean(),
            existing_nullable=False,
            server_default=None,
        )
