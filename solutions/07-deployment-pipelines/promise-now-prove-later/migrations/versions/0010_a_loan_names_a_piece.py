"""a loan names a piece: promised

Revision ID: 0010
Revises: 0009
Create Date: 2026-02-09 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    # Both tables are locked, and no row of either is read.
    op.create_foreign_key(
        op.f('fk_loan_furniture_id_furniture'), 'loan', 'furniture', ['furniture_id'], ['id'],
        ondelete='SET NULL', postgresql_not_valid=True,
    )


def downgrade():
    op.drop_constraint(op.f('fk_loan_furniture_id_furniture'), 'loan', type_='foreignkey')
