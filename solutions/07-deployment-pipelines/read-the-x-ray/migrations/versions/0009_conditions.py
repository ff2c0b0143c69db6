"""conditions

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-10 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.add_column('furniture', sa.Column('condition', sa.String(length=20), nullable=True))
    op.execute("UPDATE furniture SET condition = 'unknown' WHERE condition IS NULL")


def downgrade():
    op.drop_column('furniture', 'condition')
