"""every piece has a condition

Revision ID: 0011
Revises: 0010
Create Date: 2026-01-22 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    # What a batch left when it failed. It holds no row: the copy into it is what failed.
    op.execute('DROP TABLE IF EXISTS _alembic_tmp_furniture')
    op.execute("UPDATE furniture SET condition = 'good' WHERE condition IS NULL")
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('condition', existing_type=sa.String(length=20), nullable=False)


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('condition', existing_type=sa.String(length=20), nullable=True)
