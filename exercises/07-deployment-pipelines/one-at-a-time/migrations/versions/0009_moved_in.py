"""every room is looked over once

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        "INSERT INTO inspection (room_id, done_on, note)"
        " SELECT id, '2026-01-20', 'Moved in' FROM room"
    )


def downgrade():
    op.execute("DELETE FROM inspection WHERE done_on = '2026-01-20' AND note = 'Moved in'")
