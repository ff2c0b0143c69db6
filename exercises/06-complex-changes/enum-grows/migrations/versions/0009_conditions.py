"""conditions

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-02 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


condition = sa.Enum('good', 'worn', 'broken', name='condition')


def upgrade():
    condition.create(op.get_bind())
    op.add_column('furniture', sa.Column('condition', condition, nullable=True))


def downgrade():
    op.drop_column('furniture', 'condition')
    condition.drop(op.get_bind())
