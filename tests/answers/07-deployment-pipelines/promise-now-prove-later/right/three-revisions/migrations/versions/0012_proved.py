"""a loan names a piece: proved

Revision ID: 0012
Revises: 0011
Create Date: 2026-02-16 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        # This reads both tables, and nobody waits for it.
        op.execute('ALTER TABLE loan VALIDATE CONSTRAINT fk_loan_furniture_id_furniture')


def downgrade():
    # No statement takes a proof back. The promise is made again, which reads nothing.
    op.drop_constraint(op.f('fk_loan_furniture_id_furniture'), 'loan', type_='foreignkey')
    op.create_foreign_key(
        op.f('fk_loan_furniture_id_furniture'), 'loan', 'furniture', ['furniture_id'], ['id'],
        ondelete='SET NULL', postgresql_not_valid=True,
    )
