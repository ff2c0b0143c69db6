"""contract: the colour goes, now that nothing reads or writes it

Revision ID: 0018
Revises: 0017
Create Date: 2026-01-18 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

room = sa.table('room', sa.column('colour', sa.String(30)), sa.column('paint', sa.String(30)))


def upgrade():
    op.drop_column('room', 'colour')


def downgrade():
    op.add_column('room', sa.Column('colour', sa.String(length=30), nullable=True))
    # The old code will read this column again, so it gets what is known.
    op.execute(sa.update(room).values(colour=room.c.paint))
