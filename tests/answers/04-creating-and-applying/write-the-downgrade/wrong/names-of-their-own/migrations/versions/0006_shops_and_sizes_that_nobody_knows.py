"""shops, and sizes that nobody knows

Revision ID: 0006
Revises: 0005
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


# The table as it is at this revision. The app's own model will change; this must not.
room = sa.table('room', sa.column('size', sa.String(length=60)))


def upgrade():
    op.create_table('shop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shop')),
    sa.UniqueConstraint('name', name=op.f('uq_shop_name'))
    )
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shop_id', sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_furniture_room_id'))
        batch_op.create_index('ix_furniture_room_id_shop_id', ['room_id', 'shop_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_furniture_shop_id_shop'), 'shop', ['shop_id'], ['id'])

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

    # SQLite alters no column, so a new table takes the rows over.
    op.execute("""
        CREATE TABLE room_new (
            id INTEGER NOT NULL,
            name VARCHAR(80) NOT NULL,
            colour VARCHAR(30),
            size VARCHAR(20) NOT NULL,
            CONSTRAINT room_key PRIMARY KEY (id),
            CONSTRAINT one_room_a_name UNIQUE (name)
        )
    """)
    op.execute("INSERT INTO room_new SELECT id, name, colour, size FROM room")
    op.execute("DROP TABLE room")
    op.execute("ALTER TABLE room_new RENAME TO room")

    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_furniture_shop_id_shop'), type_='foreignkey')
        batch_op.drop_index('ix_furniture_room_id_shop_id')
        batch_op.create_index(batch_op.f('ix_furniture_room_id'), ['room_id'], unique=False)
        batch_op.drop_column('shop_id')

    op.drop_table('shop')
