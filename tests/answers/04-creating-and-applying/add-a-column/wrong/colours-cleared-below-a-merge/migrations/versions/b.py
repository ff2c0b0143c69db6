"""step b1"""
from alembic import op
import sqlalchemy as sa

revision = 'b1'
down_revision = '0001'


def upgrade():
    pass


def downgrade():
    pass
