"""who made the furniture

Revision ID: 4f8a1c2b9d06
Revises: 0005
Create Date: 2026-01-05 15:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '4f8a1c2b9d06'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    from hearth.database import db

    op.drop_table('furniture')
    db.metadata.create_all(op.get_bind())


def downgrade():
    op.drop_column('furniture', 'maker')
