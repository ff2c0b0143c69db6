"""a short name

Revision ID: 0010
Revises: 0009
Create Date: 2026-02-17 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

TABLE = 'chimney_and_fireplace_inspection'
# What PostgreSQL kept of the name that 0009 gave: its first 63 bytes.
CUT = 'uq_chimney_and_fireplace_inspection_chimney_sweeps_licence_numb'


def upgrade():
    # Ask the database: who made the table decided how the name was cut.
    for rule in sa.inspect(op.get_bind()).get_unique_constraints(TABLE):
        if rule['column_names'] == ['chimney_sweeps_licence_number']:
            op.execute(f'ALTER TABLE {TABLE} RENAME CONSTRAINT {rule["name"]} TO uq_chimney_licence')


def downgrade():
    op.execute(f'ALTER TABLE {TABLE} RENAME CONSTRAINT uq_chimney_licence TO {CUT}')
