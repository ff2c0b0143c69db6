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


def upgrade():
    op.drop_table('visitor_log')
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('material', sa.String(length=40), nullable=True))

    op.create_table('visitor_log',
    sa.Column('id', sa.INTEGER(), nullable=True),
    sa.Column('rang_at', sa.TEXT(), nullable=False),
    sa.Column('seen', sa.TEXT(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('visitor_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('visitor_log_rang_at'), ['rang_at'], unique=False)


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('material')
