"""borrowers have a table

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


# The columns that this revision reads and writes, as they are while it runs.
borrower = sa.table(
    'borrower',
    sa.column('id', sa.Integer()),
    sa.column('name', sa.String(length=80)),
    sa.column('phone', sa.String(length=30)),
)
loan = sa.table(
    'loan',
    sa.column('id', sa.Integer()),
    sa.column('borrower', sa.String(length=80)),
    sa.column('phone', sa.String(length=30)),
    sa.column('borrower_id', sa.Integer()),
)


def upgrade():
    op.create_table('borrower',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=True),
    sa.Column('phone', sa.String(length=30), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_borrower'))
    )
    with op.batch_alter_table('loan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('borrower_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_loan_borrower_id'), ['borrower_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_loan_borrower_id_borrower'), 'borrower', ['borrower_id'], ['id'])

    # GROUP BY takes two NULLs for one, and `=` does not: below it is IS NOT DISTINCT FROM.
    people = sa.select(sa.func.min(loan.c.id), loan.c.borrower, loan.c.phone).where(
        sa.or_(loan.c.borrower.is_not(None), loan.c.phone.is_not(None))
    ).group_by(loan.c.borrower, loan.c.phone)
    op.execute(sa.insert(borrower).from_select(['id', 'name', 'phone'], people))
    same = sa.select(borrower.c.id).where(
        borrower.c.name.is_not_distinct_from(loan.c.borrower),
        borrower.c.phone.is_not_distinct_from(loan.c.phone),
    )
    op.execute(sa.update(loan).values(borrower_id=same.scalar_subquery()))

    with op.batch_alter_table('loan', schema=None) as batch_op:
        batch_op.drop_column('phone')
        batch_op.drop_column('borrower')


def downgrade():
    with op.batch_alter_table('loan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('borrower', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('phone', sa.String(length=30), nullable=True))

    for target, source in (loan.c.borrower, borrower.c.name), (loan.c.phone, borrower.c.phone):
        theirs = sa.select(source).where(borrower.c.id == loan.c.borrower_id).scalar_subquery()
        op.execute(sa.update(loan).values({target: theirs}))

    with op.batch_alter_table('loan', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_loan_borrower_id_borrower'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_loan_borrower_id'))
        batch_op.drop_column('borrower_id')

    # A borrower without a loan goes too: before this revision there was no place for one.
    op.drop_table('borrower')
