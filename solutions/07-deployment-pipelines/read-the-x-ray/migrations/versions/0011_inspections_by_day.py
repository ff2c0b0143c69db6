"""inspections by day

Revision ID: 0011
Revises: 0010
Create Date: 2026-02-10 09:20:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.create_index(
            'ix_inspection_done_on', 'inspection', ['done_on'], postgresql_concurrently=True
        )


def downgrade():
    op.drop_index('ix_inspection_done_on', table_name='inspection')
