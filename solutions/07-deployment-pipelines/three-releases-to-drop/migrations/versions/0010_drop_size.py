"""the size goes, now that no running code maps it

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-10 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column('room', 'size')


def downgrade():
    # The sizes are gone; code that maps the column can run again.
    op.add_column('room', sa.Column('size', sa.String(length=20), nullable=True))
