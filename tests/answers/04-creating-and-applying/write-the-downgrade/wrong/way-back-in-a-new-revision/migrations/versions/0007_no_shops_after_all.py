"""no shops after all

Revision ID: 0007
Revises: 0006
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


# The table as it is at this revision. The app's own model will change; this must not.
room = sa.table('room', sa.column('size', sa.String(length=60)))


def upgrade():
    # NOT NULL comes back, so every room needs its word first.
    op.execute(sa.update(room).where(room.c.size.is_(None)).values(size='unknown'))

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size',
               existing_type=sa.String(length=60),
               type_=sa.String(length=20),
               nullable=False)

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_furniture_shop_id_shop'), type_='foreignkey')
        batch_op.drop_index('ix_furniture_room_id_shop_id')
        batch_op.create_index(batch_op.f('ix_furniture_room_id'), ['room_id'], unique=False)
        batch_op.drop_column('shop_id')

    op.drop_table('shop')


def downgrade():
    pass
