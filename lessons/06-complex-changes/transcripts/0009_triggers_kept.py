"""longer values

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


def upgrade():
    connection = op.get_bind()
    ours = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'furniture'")
    triggers = connection.execute(ours).scalars().all()
    with op.batch_alter_table('furniture') as batch_op:
        batch_op.alter_column('value', existing_type=sa.String(length=20), type_=sa.String(length=40))
    for trigger in triggers:
        # Not op.execute: a colon in the trigger would look like a parameter.
        connection.exec_driver_sql(trigger)


def downgrade():
    pass