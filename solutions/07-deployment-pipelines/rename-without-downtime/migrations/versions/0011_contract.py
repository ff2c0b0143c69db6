"""contract: the name goes, now that nothing reads or writes it

Revision ID: 0011
Revises: 0010
Create Date: 2026-01-11 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

furniture = sa.table(
    'furniture', sa.column('name', sa.String(80)), sa.column('label', sa.String(80))
)


def upgrade():
    op.drop_column('furniture', 'name')


def downgrade():
    op.add_column('furniture', sa.Column('name', sa.String(length=80), nullable=True))
    # The code of release A reads this column again, so it gets what is known.
    op.execute(sa.update(furniture).values(name=furniture.c.label))
