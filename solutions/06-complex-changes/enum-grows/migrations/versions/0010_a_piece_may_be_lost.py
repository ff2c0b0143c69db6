"""a piece may be lost

Revision ID: 0010
Revises: 0009
Create Date: 2026-02-16 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    # A word may be used only after the commit that adds it. This block commits.
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE condition ADD VALUE IF NOT EXISTS 'lost'")
    op.execute("UPDATE furniture SET condition = 'lost' WHERE condition IS NULL AND value = 'lost'")


def downgrade():
    op.execute("UPDATE furniture SET condition = NULL WHERE condition = 'lost'")
    # PostgreSQL takes no word away, so a type with three words takes the place of this one.
    op.execute("ALTER TYPE condition RENAME TO condition_with_lost")
    op.execute("CREATE TYPE condition AS ENUM ('good', 'worn', 'broken')")
    op.execute(
        "ALTER TABLE furniture ALTER condition TYPE condition USING condition::text::condition"
    )
    op.execute("DROP TYPE condition_with_lost")
