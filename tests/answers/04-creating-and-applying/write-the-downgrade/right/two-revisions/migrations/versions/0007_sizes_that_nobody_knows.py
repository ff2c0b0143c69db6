"""sizes that nobody knows

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
    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size',
               existing_type=sa.VARCHAR(length=20),
               type_=sa.String(length=60),
               nullable=True)

    # Since 0004 a word has stood for what nobody knows. NULL says it better.
    op.execute(sa.update(room).where(room.c.size == 'unknown').values(size=None))


def downgrade():
    # NOT NULL comes back, so every room needs its word first.
    op.execute(sa.update(room).where(room.c.size.is_(None)).values(size='unknown'))

    with op.batch_alter_table('room', schema=None) as batch_op:
        batch_op.alter_column('size',
               existing_type=sa.String(length=60),
               type_=sa.String(length=20),
               nullable=False)
