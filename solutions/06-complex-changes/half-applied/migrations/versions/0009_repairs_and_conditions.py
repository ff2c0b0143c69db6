"""repairs and conditions

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('repair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('furniture_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['furniture_id'], ['furniture.id'], name=op.f('fk_repair_furniture_id_furniture')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repair'))
    )


def downgrade():
    op.drop_table('repair')
