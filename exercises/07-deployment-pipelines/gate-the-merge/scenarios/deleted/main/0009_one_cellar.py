"""there is one cellar

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

room = sa.table('room', sa.column('floor', sa.Integer), sa.column('name', sa.String(80)))


def upgrade():
    op.execute(sa.update(room).where(room.c.floor < -1).values(floor=-1))


def downgrade():
    pass
