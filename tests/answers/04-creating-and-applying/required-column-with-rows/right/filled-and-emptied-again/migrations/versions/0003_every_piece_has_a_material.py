"""every piece has a material

Revision ID: 0003
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


# The table as it is at this revision. The app's own model will change; this must not.
furniture = sa.table('furniture', sa.column('material', sa.String(length=20)))


def upgrade():
    op.execute(sa.update(furniture).where(furniture.c.material.is_(None)).values(material='unknown'))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('material', existing_type=sa.String(length=20), nullable=False)


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('material', existing_type=sa.String(length=20), nullable=True)

    op.execute(sa.update(furniture).where(furniture.c.material == 'unknown').values(material=None))
