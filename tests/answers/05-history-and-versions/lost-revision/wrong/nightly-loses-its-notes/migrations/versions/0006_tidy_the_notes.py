"""one thing more

Revision ID: 0006
Revises: 7d31c5e0a2f4
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '7d31c5e0a2f4'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('furniture') as b:
        b.drop_column('note')
    with op.batch_alter_table('furniture') as b:
        b.add_column(sa.Column('note', sa.Text(), nullable=True))


def downgrade():
    pass
