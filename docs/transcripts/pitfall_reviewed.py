"""paint instead of colour

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-02 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column(
        'room', 'colour', new_column_name='paint', existing_type=sa.String(length=30)
    )


def downgrade():
    op.alter_column(
        'room', 'paint', new_column_name='colour', existing_type=sa.String(length=30)
    )