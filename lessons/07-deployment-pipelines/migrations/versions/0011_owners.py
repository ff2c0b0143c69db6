"""owners

Revision ID: 0011
Revises: 0010
Create Date: 2026-01-11 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


owner = sa.table('owner', sa.column('id', sa.Integer()), sa.column('name', sa.String(length=80)))
furniture = sa.table(
    'furniture',
    sa.column('owner', sa.String(length=80)),
    sa.column('owner_id', sa.Integer()),
)


def upgrade():
    op.create_table('owner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owner')),
    sa.UniqueConstraint('name', name=op.f('uq_owner_name'))
    )
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_furniture_owner_id_owner'), 'owner', ['owner_id'], ['id'])

    names = sa.select(furniture.c.owner).where(furniture.c.owner.is_not(None)).distinct()
    op.execute(sa.insert(owner).from_select(['name'], names.order_by(furniture.c.owner)))
    found = sa.select(owner.c.id).where(owner.c.name == furniture.c.owner).scalar_subquery()
    op.execute(sa.update(furniture).values(owner_id=found))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('owner')


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('owner', sa.String(length=80), nullable=True))

    found = sa.select(owner.c.name).where(owner.c.id == furniture.c.owner_id).scalar_subquery()
    op.execute(sa.update(furniture).values(owner=found))

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_furniture_owner_id_owner'), type_='foreignkey')
        batch_op.drop_column('owner_id')

    # An owner whose furniture is gone goes too: before this revision there was no place for one.
    op.drop_table('owner')
