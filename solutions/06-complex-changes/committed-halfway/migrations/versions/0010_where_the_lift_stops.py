"""where the lift stops

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-21 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    # It stops at the buttons 1 to 4. Where somebody has typed an answer, it stays.
    op.execute(
        'UPDATE room SET by_lift = coalesce(floor BETWEEN 1 AND 4, 0) WHERE by_lift IS NULL'
    )
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('by_lift', existing_type=sa.Boolean(), nullable=False)


def downgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('by_lift', existing_type=sa.Boolean(), nullable=True)
