"""one inspection a day

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


# The smallest number of a room and a day: that inspection stays.
STAYS = "SELECT min(twin.id) FROM inspection AS twin"


def upgrade():
    # What it lacks: all that was written on that day.
    op.execute("UPDATE inspection SET note = (SELECT group_concat(twin.note, ' ') FROM inspection AS twin "
               "WHERE (twin.room_id, twin.done_on) = (inspection.room_id, inspection.done_on))")
    # The photos of the others.
    op.execute(f"UPDATE photo SET inspection_id = ({STAYS} JOIN inspection AS mine "
               "ON (twin.room_id, twin.done_on) = (mine.room_id, mine.done_on) "
               "WHERE mine.id = photo.inspection_id) WHERE inspection_id IN (SELECT id FROM inspection)")
    # Nothing points at them any more.
    op.execute(f"DELETE FROM inspection WHERE id NOT IN ({STAYS} GROUP BY twin.room_id, twin.done_on)")

    with op.batch_alter_table('inspection') as batch_op:
        batch_op.create_unique_constraint('uq_inspection_room_id_done_on', ['room_id', 'done_on'])


def downgrade():
    pass