"""copy every label to title, and let title be the one that is required

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

furniture = sa.table(
    'furniture', sa.column('label', sa.String(80)), sa.column('title', sa.String(80))
)


def upgrade():
    differs = furniture.c.title.is_distinct_from(furniture.c.label)
    op.execute(sa.update(furniture).where(differs).values(title=furniture.c.label))
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('title', existing_type=sa.String(80), nullable=False)
        # The code after this one does not know `label`, so it leaves it empty.
        batch_op.alter_column('label', existing_type=sa.String(80), nullable=True)


def downgrade():
    without = furniture.c.label.is_(None)
    op.execute(sa.update(furniture).where(without).values(label=furniture.c.title))
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('label', existing_type=sa.String(80), nullable=False)
        batch_op.alter_column('title', existing_type=sa.String(80), nullable=True)
