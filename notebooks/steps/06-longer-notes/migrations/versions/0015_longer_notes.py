"""longer notes"""

from alembic import op
import sqlalchemy as sa

revision = "0015"
down_revision = "0014"


def upgrade(engine_name):
    globals()[f"upgrade_{engine_name}"]()


def downgrade(engine_name):
    globals()[f"downgrade_{engine_name}"]()


def upgrade_():
    with op.batch_alter_table("furniture") as batch_op:
        batch_op.alter_column("value_note", existing_type=sa.String(20), type_=sa.String(60))


def downgrade_():
    with op.batch_alter_table("furniture") as batch_op:
        batch_op.alter_column("value_note", existing_type=sa.String(60), type_=sa.String(20))


def upgrade_archive():
    pass


def downgrade_archive():
    pass
