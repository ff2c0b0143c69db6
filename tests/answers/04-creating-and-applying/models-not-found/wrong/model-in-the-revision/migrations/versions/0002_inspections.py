"""inspections

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op

from hearth.inspections import Inspection


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    Inspection.__table__.create(op.get_bind())


def downgrade():
    Inspection.__table__.drop(op.get_bind())
