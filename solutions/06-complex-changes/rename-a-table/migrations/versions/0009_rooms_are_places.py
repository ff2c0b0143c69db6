"""rooms are places

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    # No row moves, and on SQLite the foreign keys of other tables follow by themselves.
    op.rename_table('room', 'place')
    rename_rules('room', 'place')


def downgrade():
    op.rename_table('place', 'room')
    rename_rules('place', 'room')


def rename_rules(old, new):
    # What is named after a table does not follow. Each batch builds its table once more.
    with op.batch_alter_table(new, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f'uq_{old}_name'), type_='unique')
        batch_op.create_unique_constraint(op.f(f'uq_{new}_name'), ['name'])
        batch_op.drop_constraint(op.f(f'pk_{old}'), type_='primary')
        batch_op.create_primary_key(op.f(f'pk_{new}'), ['id'])

    for child in 'furniture', 'inspection':
        with op.batch_alter_table(child, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'fk_{child}_room_id_{old}'), type_='foreignkey')
            batch_op.create_foreign_key(op.f(f'fk_{child}_room_id_{new}'), new, ['room_id'], ['id'])
