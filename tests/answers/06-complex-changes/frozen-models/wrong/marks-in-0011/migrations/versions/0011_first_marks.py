"""first marks"""
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade():
    op.execute("UPDATE room SET mark = coalesce(floor, '?') || '/' || id WHERE mark IS NULL")


def downgrade():
    pass
