"""longer names

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table(
        'tool',
        table_args=[sa.CheckConstraint('price > 0')],
        table_kwargs={'sqlite_autoincrement': True},
    ) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=20), type_=sa.String(length=40))


def downgrade():
    pass