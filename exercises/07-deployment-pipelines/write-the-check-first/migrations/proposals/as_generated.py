"""inspections name their inspector

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
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('inspector', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('remark', sa.Text(), nullable=True))
        batch_op.drop_column('note')


def downgrade():
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.TEXT(), nullable=True))
        batch_op.drop_column('remark')
        batch_op.drop_column('inspector')
