"""a label instead of a name

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
    # Autogenerate sees one column gone and one column new, and would drop every name.
    # This renames, so each value stays where it is.
    op.alter_column('furniture', 'name',
               existing_type=sa.String(length=80),
               existing_nullable=False,
               new_column_name='label')


def downgrade():
    op.alter_column('furniture', 'label',
               existing_type=sa.String(length=80),
               existing_nullable=False,
               new_column_name='name')
