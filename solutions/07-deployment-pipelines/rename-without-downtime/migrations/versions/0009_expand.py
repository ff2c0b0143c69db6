"""expand: furniture has a label beside its name

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    # It may be empty: the code that runs now goes on adding furniture without it.
    op.add_column('furniture', sa.Column('label', sa.String(length=80), nullable=True))


def downgrade():
    op.drop_column('furniture', 'label')
