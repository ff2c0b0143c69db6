"""inspections name their inspector

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


# The columns that this revision reads and writes, as they are while it runs.
inspection = sa.table(
    'inspection',
    sa.column('id', sa.Integer()),
    sa.column('note', sa.Text()),
    sa.column('inspector', sa.String(length=80)),
    sa.column('remark', sa.Text()),
)


def upgrade():
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('inspector', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('remark', sa.Text(), nullable=True))

    rows = op.get_bind().execute(sa.select(inspection.c.id, inspection.c.note)).all()
    write([{'key': row.id, **split(row.note)} for row in rows], 'inspector', 'remark')

    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_column('note')


def downgrade():
    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.Text(), nullable=True))

    columns = sa.select(inspection.c.id, inspection.c.inspector, inspection.c.remark)
    rows = op.get_bind().execute(columns).all()
    write([{'key': row.id, 'note': joined(row.inspector, row.remark)} for row in rows], 'note')

    with op.batch_alter_table('inspection', schema=None) as batch_op:
        batch_op.drop_column('remark')
        batch_op.drop_column('inspector')


def split(note):
    # partition() cuts at the first ': ' and takes away nothing else, no blank either.
    name, colon, rest = (note or '').partition(': ')
    if colon and 1 <= len(name) <= 80:
        return {'inspector': name, 'remark': rest}
    # No name, or more than the column holds: the note stays whole, NULL stays NULL.
    return {'inspector': None, 'remark': note}


def joined(inspector, remark):
    if inspector is None:
        return remark
    return f"{inspector}: {remark or ''}"


def write(rows, *columns):
    statement = sa.update(inspection).where(inspection.c.id == sa.bindparam('key'))
    # Without rows, the driver would be handed a statement with nothing to fill it.
    if rows:
        op.get_bind().execute(
            statement.values({name: sa.bindparam(name) for name in columns}), rows)
