"""every piece has an owner

Revision ID: 0006
Revises: 0005
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    class Undecided(Exception):
        pass

    raise Undecided('the owner of a piece already exists in another list')


def downgrade():
    pass
