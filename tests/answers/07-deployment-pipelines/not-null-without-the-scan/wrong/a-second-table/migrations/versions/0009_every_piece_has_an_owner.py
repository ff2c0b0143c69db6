"""every piece has an owner

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-09 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.get_context().autocommit_block():
        op.execute(
            'CREATE TABLE furniture_new ('
            ' id SERIAL NOT NULL,'
            ' name VARCHAR(80) NOT NULL,'
            ' room_id INTEGER NOT NULL,'
            ' bought_on DATE,'
            ' owner VARCHAR(80) NOT NULL,'
            ' value VARCHAR(20),'
            ' CONSTRAINT pk_furniture_new PRIMARY KEY (id),'
            ' CONSTRAINT fk_furniture_room_id_room FOREIGN KEY (room_id) REFERENCES room (id))'
        )
        op.execute(
            'INSERT INTO furniture_new (id, name, room_id, bought_on, owner, value)'
            " SELECT id, name, room_id, bought_on, coalesce(owner, 'the museum'), value"
            ' FROM furniture'
        )
        op.execute('DROP TABLE furniture')
        op.execute('ALTER TABLE furniture_new RENAME TO furniture')
        op.execute('ALTER TABLE furniture RENAME CONSTRAINT pk_furniture_new TO pk_furniture')
        op.execute('ALTER SEQUENCE furniture_new_id_seq RENAME TO furniture_id_seq')
        op.execute('CREATE INDEX CONCURRENTLY ix_furniture_room_id ON furniture (room_id)')


def downgrade():
    with op.get_context().autocommit_block():
        op.alter_column('furniture', 'owner', nullable=True)
        op.execute("UPDATE furniture SET owner = NULL WHERE owner = 'the museum'")
