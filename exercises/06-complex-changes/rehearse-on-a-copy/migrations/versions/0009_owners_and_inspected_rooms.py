"""owners and inspected rooms

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

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.add_column(sa.Column('inspected_on', sa.Date(), nullable=True))

    op.execute('INSERT INTO owner (id, name) SELECT id, owner FROM furniture WHERE owner IS NOT NULL')
    op.execute('UPDATE furniture SET owner_id = (SELECT id FROM owner WHERE owner.name = name)')
    op.execute('UPDATE room SET inspected_on = (SELECT done_on FROM inspection WHERE room_id = room.id)')


def downgrade():
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.drop_column('inspected_on')

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_furniture_owner_id_owner'), type_='foreignkey')
        batch_op.drop_column('owner_id')

    op.drop_table('owner')
