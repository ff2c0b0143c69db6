"""conditions, and inspections by day

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-10 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.add_column('furniture', sa.Column('condition', sa.String(length=20), nullable=True))
        op.execute(
            "ALTER TABLE furniture ADD CONSTRAINT ck_furniture_known_condition"
            " CHECK (condition IN ('unknown', 'good', 'worn')) NOT VALID"
        )
        op.execute("UPDATE furniture SET condition = 'unknown' WHERE condition IS NULL")
        op.execute('ALTER TABLE furniture VALIDATE CONSTRAINT ck_furniture_known_condition')
        op.create_index(
            'ix_inspection_done_on', 'inspection', ['done_on'], postgresql_concurrently=True
        )


def downgrade():
    op.drop_constraint('ck_furniture_known_condition', 'furniture')
    op.drop_index('ix_inspection_done_on', table_name='inspection')
    op.drop_column('furniture', 'condition')
