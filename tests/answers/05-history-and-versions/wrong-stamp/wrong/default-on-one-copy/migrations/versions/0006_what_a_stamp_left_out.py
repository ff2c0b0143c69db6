"""what a stamp left out

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
    # A copy that was stamped lacks what 0004 or 0005 should have made; others have it already.
    found = sa.inspect(op.get_bind())
    if 'size' not in [column['name'] for column in found.get_columns('room')]:
        with op.batch_alter_table('room', schema=None) as batch_op:
            batch_op.add_column(sa.Column('size', sa.String(length=20), nullable=False, server_default='unknown'))
    if not found.get_indexes('furniture'):
        op.create_index('ix_furniture_room_id', 'furniture', ['room_id'], unique=False)


def downgrade():
    # At 0005 all of it should be there, so there is nothing to take away.
    pass
