"""furniture has a material

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


# The table as it is at this revision. The app's own model will change; this must not.
furniture = sa.table('furniture', sa.column('material', sa.String(length=20)))


def upgrade():
    # A piece that is there already has no material, so NOT NULL has to wait for one.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('material', sa.String(length=20), nullable=True))

    op.execute(sa.update(furniture).where(furniture.c.material.is_(None)).values(material='unknown'))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('material', existing_type=sa.String(length=20), nullable=False)


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('material')
