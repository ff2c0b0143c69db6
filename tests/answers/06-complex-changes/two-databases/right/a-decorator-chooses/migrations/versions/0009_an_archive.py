"""an archive"""
import functools

import sqlalchemy as sa
from alembic import op

revision = "archive0"
down_revision = "0008"


def only_in(name):
    """Have a function do its work in the database of this name alone."""

    def wrap(function):
        @functools.wraps(function)
        def run(engine_name):
            return function() if engine_name == name else None

        return run

    return wrap


@only_in("archive")
def upgrade():
    op.create_table(
        "sold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sold")),
    )


@only_in("archive")
def downgrade():
    op.drop_table("sold")
