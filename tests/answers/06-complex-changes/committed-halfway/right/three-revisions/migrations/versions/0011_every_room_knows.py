"""every room knows"""
from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'


def upgrade():
    with op.batch_alter_table('room') as batch_op:
        batch_op.alter_column('by_lift', existing_type=sa.Boolean(), nullable=False)


def downgrade():
    with op.batch_alter_table('room') as batch_op:
        batch_op.alter_column('by_lift', existing_type=sa.Boolean(), nullable=True)
