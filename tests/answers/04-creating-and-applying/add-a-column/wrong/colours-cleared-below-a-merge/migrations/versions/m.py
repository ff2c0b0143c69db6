"""step m1"""
from alembic import op
import sqlalchemy as sa

revision = 'm1'
down_revision = ('0002', 'b1')


def upgrade():
    pass


def downgrade():
    op.execute("UPDATE furniture SET colour = NULL")
