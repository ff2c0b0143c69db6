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
    if op.get_bind().scalar(sa.text('SELECT count(*) FROM furniture WHERE note IS NOT NULL')):
        op.execute('CREATE TABLE note_backup AS SELECT id, note FROM furniture')


def downgrade():
    pass
