"""every piece has a keeper

Revision ID: keeper
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""


# revision identifiers, used by Alembic.
revision = 'keeper'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    raise RuntimeError('there are pieces without a keeper')


def downgrade():
    pass
