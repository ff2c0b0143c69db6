"""inspected rooms"""
from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0009'


def upgrade():
    op.add_column('room', sa.Column('inspected_on', sa.Date()))
    op.execute(
        'UPDATE room SET inspected_on = d.latest FROM'
        ' (SELECT room_id, max(done_on) AS latest FROM inspection GROUP BY room_id) AS d'
        ' WHERE d.room_id = room.id'
    )


def downgrade():
    op.drop_column('room', 'inspected_on')
