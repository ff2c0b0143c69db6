"""chimneys

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-03 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'chimney_and_fireplace_inspection',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('room_id', sa.Integer(), nullable=False),
        sa.Column('done_on', sa.Date(), nullable=False),
        sa.Column('chimney_sweeps_licence_number', sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ['room_id'], ['room.id'], name=op.f('fk_chimney_and_fireplace_inspection_room_id_room')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_chimney_and_fireplace_inspection')),
        sa.UniqueConstraint(
            'room_id', 'done_on', name=op.f('uq_chimney_and_fireplace_inspection_room_id_done_on')
        ),
    )
    op.execute(
        'ALTER TABLE chimney_and_fireplace_inspection ADD CONSTRAINT '
        'uq_chimney_and_fireplace_inspection_chimney_sweeps_licence_number '
        'UNIQUE (chimney_sweeps_licence_number)'
    )


def downgrade():
    op.drop_table('chimney_and_fireplace_inspection')
