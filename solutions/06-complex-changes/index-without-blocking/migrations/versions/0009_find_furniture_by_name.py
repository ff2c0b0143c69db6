"""find furniture by name

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-09 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    # CONCURRENTLY cannot run in a transaction. The block commits what came before it.
    with op.get_context().autocommit_block():
        # What a build that failed has left has the name, and is of no use.
        op.drop_index(
            'ix_furniture_name', table_name='furniture', if_exists=True, postgresql_concurrently=True
        )
        op.create_index('ix_furniture_name', 'furniture', ['name'], postgresql_concurrently=True)


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index('ix_furniture_name', table_name='furniture', postgresql_concurrently=True)
