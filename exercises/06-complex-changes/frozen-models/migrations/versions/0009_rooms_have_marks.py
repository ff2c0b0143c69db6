"""rooms have marks

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

from hearth.database import db
from hearth.models import Room


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mark', sa.String(length=30), nullable=True))

    for room in db.session.scalars(sa.select(Room)):
        room.mark = room.first_mark()
    db.session.commit()


def downgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('mark')
