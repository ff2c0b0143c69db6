"""baseline

Revision ID: 0001
Revises: 
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa

from hearth.database import db


# revision identifiers, used by Alembic.
revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    db.metadata.create_all(op.get_bind())


def downgrade():
    db.metadata.drop_all(op.get_bind())
