"""one borrower of each name

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
loan = sa.table('loan', sa.column('borrower_id', sa.Integer()), sa.column('witness_id', sa.Integer()))


def upgrade():
    connection = op.get_bind()
    stays, phones, twins = {}, {}, []
    for row in connection.execute(sa.select(borrower).order_by(borrower.c.id)):
        if row.name in stays:
            twins.append({'gone': row.id, 'one': stays[row.name]})
        stays.setdefault(row.name, row.id)
        if row.phone is not None:
            phones.setdefault(stays[row.name], row.phone)

    # First what belongs to the others, then the others, then the rule.
    run(sa.update(borrower).where(borrower.c.id == sa.bindparam('one'), borrower.c.phone.is_(None))
        .values(phone=sa.bindparam('number')),
        [{'one': key, 'number': number} for key, number in phones.items()])
    for column in loan.c.borrower_id, loan.c.witness_id:
        run(sa.update(loan).where(column == sa.bindparam('gone'))
            .values({column: sa.bindparam('one')}), twins)
    run(sa.delete(borrower).where(borrower.c.id == sa.bindparam('gone')),
        [{'gone': twin['gone']} for twin in twins])

    with op.batch_alter_table('borrower', schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_borrower_name'), ['name'])


def downgrade():
    # Who was one person stays one: nothing says any more which loan came from which row.
    with op.batch_alter_table('borrower', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_borrower_name'), type_='unique')


def run(statement, rows):
    # Without rows, the driver would be handed a statement with nothing to fill it.
    if rows:
        op.get_bind().execute(statement, rows)
