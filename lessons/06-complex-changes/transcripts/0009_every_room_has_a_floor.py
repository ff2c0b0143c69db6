"""every room has a floor

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-09 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


room = sa.table('room', sa.column('id', sa.Integer()), sa.column('floor', sa.Integer()))


def upgrade():
    # Look first: SQLite keeps what a failed upgrade did to a table.
    unknown = sa.select(room.c.id).where(room.c.floor.is_(None)).order_by(room.c.id)
    bad = op.get_bind().scalars(unknown).all()
    if bad:
        raise RuntimeError(f"room.floor is not known in rows {bad}. Fill it in, then upgrade again.")

    with op.batch_alter_table('room') as batch_op:
        batch_op.alter_column('floor', existing_type=sa.Integer(), nullable=False)


def downgrade():
    pass