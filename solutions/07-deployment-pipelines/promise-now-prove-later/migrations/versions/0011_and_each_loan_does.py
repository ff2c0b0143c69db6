"""a loan names a piece: proved

Revision ID: 0011
Revises: 0010
Create Date: 2026-02-16 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    # A database that is at 0009 runs both revisions in one transaction. The block commits 0010,
    # whose locks would be held while rows are read.
    with op.get_context().autocommit_block():
        op.execute(
            'UPDATE loan SET furniture_id = NULL WHERE NOT EXISTS'
            ' (SELECT 1 FROM furniture WHERE furniture.id = loan.furniture_id)'
        )
        # This reads both tables, and nobody waits for it.
        op.execute('ALTER TABLE loan VALIDATE CONSTRAINT fk_loan_furniture_id_furniture')


def downgrade():
    # No statement takes a proof back. The promise is made again, which reads nothing.
    op.drop_constraint(op.f('fk_loan_furniture_id_furniture'), 'loan', type_='foreignkey')
    op.create_foreign_key(
        op.f('fk_loan_furniture_id_furniture'), 'loan', 'furniture', ['furniture_id'], ['id'],
        ondelete='SET NULL', postgresql_not_valid=True,
    )
