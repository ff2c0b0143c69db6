"""sizes become numbers, or nothing changes

Revision ID: 0006
Revises: 0005

"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The table as it is at this revision: frozen here, never imported from the app.
room = sa.table(
    "room",
    sa.column("id", sa.Integer),
    sa.column("size", sa.String(20)),
    sa.column("area", sa.Integer),
)


def upgrade():
    connection = op.get_bind()
    sizes = connection.execute(sa.select(room.c.id, room.c.size)).all()
    areas = {key: area_of(size) for key, size in sizes if size != "unknown"}
    bad = [key for key, area in areas.items() if area is None]
    if bad:
        # Look first, change afterwards: on some databases a new column would stay behind.
        raise RuntimeError(f"room.size is no 'width x length' in rows {bad}. Correct them first.")

    op.add_column("room", sa.Column("area", sa.Integer(), nullable=True))
    for key, area in areas.items():
        connection.execute(sa.update(room).where(room.c.id == key).values(area=area))


def area_of(size):
    """'4x3' is 12; anything else is None."""
    width, times, length = size.partition("x")
    if times and width.isdigit() and length.isdigit():
        return int(width) * int(length)
    return None


def downgrade():
    op.drop_column("room", "area")
