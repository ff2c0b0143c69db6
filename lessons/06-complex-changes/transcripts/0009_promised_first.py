"""every room has a floor

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

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
        op.execute('ALTER TABLE room ADD CONSTRAINT has_floor CHECK (floor IS NOT NULL) NOT VALID')
        op.execute('ALTER TABLE room VALIDATE CONSTRAINT has_floor')
        op.alter_column('room', 'floor', nullable=False)
        op.execute('ALTER TABLE room DROP CONSTRAINT has_floor')


def downgrade():
    pass