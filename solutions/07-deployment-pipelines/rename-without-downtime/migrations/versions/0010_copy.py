"""copy every name to label, and let label be the one that is required

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-10 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

furniture = sa.table(
    'furniture', sa.column('name', sa.String(80)), sa.column('label', sa.String(80))
)


def upgrade():
    # Not "where label is empty": old code may have changed a name after new code wrote both.
    differs = furniture.c.label.is_distinct_from(furniture.c.name)
    op.execute(sa.update(furniture).where(differs).values(label=furniture.c.name))
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('label', existing_type=sa.String(80), nullable=False)
        # The code after this one does not know `name`, so it leaves it empty.
        batch_op.alter_column('name', existing_type=sa.String(80), nullable=True)


def downgrade():
    without = furniture.c.name.is_(None)
    op.execute(sa.update(furniture).where(without).values(name=furniture.c.label))
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(80), nullable=False)
        batch_op.alter_column('label', existing_type=sa.String(80), nullable=True)
