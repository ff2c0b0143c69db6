"""a place for what comes later

Revision ID: 0003b7c1e9d2
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""


# revision identifiers, used by Alembic. Alembic made this id up; its text comes before '0008'.
revision = '0003b7c1e9d2'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
