"""new furniture is not fragile"""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("furniture") as b:
        b.add_column(sa.Column("number", sa.Integer()))
        b.create_unique_constraint("uq_furniture_number", ["number"])
        b.create_check_constraint("ck_furniture_number", "number IS NULL OR number > 0")


def downgrade():
    with op.batch_alter_table("furniture") as b:
        b.drop_constraint("uq_furniture_number", type_="unique")
        b.drop_constraint("ck_furniture_number", type_="check")
        b.drop_column("number")
