"""known conditions

Revision ID: 0010
Revises: 0009
Create Date: 2026-02-10 09:10:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    # The block commits what came before it: 0009, with its UPDATE.
    with op.get_context().autocommit_block():
        # A promise for what is written from now on: no row is read.
        op.create_check_constraint(
            op.f('ck_furniture_known_condition'),
            'furniture',
            "condition IN ('unknown', 'good', 'worn')",
            postgresql_not_valid=True,
        )
        # This reads all rows, and nobody waits for it.
        op.execute('ALTER TABLE furniture VALIDATE CONSTRAINT ck_furniture_known_condition')


def downgrade():
    op.drop_constraint('ck_furniture_known_condition', 'furniture')
