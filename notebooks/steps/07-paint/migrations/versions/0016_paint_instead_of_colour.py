"""paint instead of colour"""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade(engine_name):
    if not engine_name:
        op.alter_column("room", "colour", new_column_name="paint")


def downgrade(engine_name):
    if not engine_name:
        op.alter_column("room", "paint", new_column_name="colour")
