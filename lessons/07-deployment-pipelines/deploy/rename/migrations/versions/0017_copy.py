"""copy every colour to paint, once no old code is running

Revision ID: 0017
Revises: 0016
Create Date: 2026-01-17 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

room = sa.table('room', sa.column('colour', sa.String(30)), sa.column('paint', sa.String(30)))


def upgrade():
    # Not "where paint is empty": old code may have changed a colour after new
    # code had written both. Nor plain <>, which would skip every NULL.
    differs = room.c.paint.is_distinct_from(room.c.colour)
    op.execute(sa.update(room).where(differs).values(paint=room.c.colour))


def downgrade():
    # Every colour is still where it was.
    pass
