"""owners and inspectors

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-12 09:00:00.000000

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
        # Who looked a room over, and never an empty name.
        op.add_column('inspection', sa.Column('inspector', sa.String(length=80), nullable=True))
        op.create_check_constraint(
            op.f('ck_inspection_inspector_has_a_name'),
            'inspection',
            "inspector <> ''",
            postgresql_not_valid=True,
        )
        op.execute(
            'ALTER TABLE inspection VALIDATE CONSTRAINT ck_inspection_inspector_has_a_name'
        )
        # Every piece has an owner: promised, filled, proved.
        op.create_check_constraint(
            op.f('owner_is_known'), 'furniture', 'owner IS NOT NULL', postgresql_not_valid=True
        )
        op.execute("UPDATE furniture SET owner = 'the museum' WHERE owner IS NULL")
        op.execute('ALTER TABLE furniture VALIDATE CONSTRAINT owner_is_known')
        op.alter_column('furniture', 'owner', existing_type=sa.String(length=80), nullable=False)
        op.drop_constraint('owner_is_known', 'furniture')
        # Pieces are looked for by their owner.
        op.create_index('ix_furniture_owner', 'furniture', ['owner'], postgresql_concurrently=True)


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index('ix_furniture_owner', table_name='furniture')
        op.alter_column('furniture', 'owner', existing_type=sa.String(length=80), nullable=True)
        op.execute("UPDATE furniture SET owner = NULL WHERE owner = 'the museum'")
        op.drop_constraint('ck_inspection_inspector_has_a_name', 'inspection')
        op.drop_column('inspection', 'inspector')
