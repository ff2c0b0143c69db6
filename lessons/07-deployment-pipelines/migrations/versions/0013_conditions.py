"""conditions

Revision ID: 0013
Revises: 0012
Create Date: 2026-01-13 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


# native_enum=False makes a VARCHAR on every database, so there is no type to leave behind.
condition = sa.Enum('good', 'worn', 'broken', name='condition', native_enum=False)
furniture = sa.table('furniture', sa.column('condition', condition))


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('condition', condition, nullable=True))

    # Nobody has complained of the furniture that is there.
    op.execute(sa.update(furniture).values(condition='good'))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.alter_column('condition', existing_type=condition, nullable=False)


def downgrade():
    # The conditions go with the column; nothing else of the furniture changes.
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('condition')
