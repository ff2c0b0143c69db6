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
    # A rename moves no value, so there is none to lose. SQLite needs no type here; MariaDB does.
    op.alter_column(
        'furniture', 'name', new_column_name='label',
        existing_type=sa.String(length=80), existing_nullable=False,
    )


def downgrade():
    op.alter_column(
        'furniture', 'label', new_column_name='name',
        existing_type=sa.String(length=80), existing_nullable=False,
    )
