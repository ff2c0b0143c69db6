"""new furniture is not fragile

Revision ID: 0003
Revises: 0002
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.execute('CREATE TABLE furniture_new (id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, '
               'room_id INTEGER NOT NULL, fragile BOOLEAN DEFAULT 0 NOT NULL, '
               'CONSTRAINT pk_furniture PRIMARY KEY (id), CONSTRAINT fk_furniture_room_id_room '
               'FOREIGN KEY(room_id) REFERENCES room (id))')
    op.execute('INSERT INTO furniture_new (id, name, room_id, fragile) '
               'SELECT id, name, room_id, fragile FROM furniture')
    op.execute('DROP TABLE furniture')
    op.execute('ALTER TABLE furniture_new RENAME TO furniture')


def downgrade():
    op.execute('CREATE TABLE furniture_new (id INTEGER NOT NULL, name VARCHAR(80) NOT NULL, '
               'room_id INTEGER NOT NULL, fragile BOOLEAN NOT NULL, '
               'CONSTRAINT pk_furniture PRIMARY KEY (id), CONSTRAINT fk_furniture_room_id_room '
               'FOREIGN KEY(room_id) REFERENCES room (id))')
    op.execute('INSERT INTO furniture_new (id, name, room_id, fragile) '
               'SELECT id, name, room_id, fragile FROM furniture')
    op.execute('DROP TABLE furniture')
    op.execute('ALTER TABLE furniture_new RENAME TO furniture')
