"""every piece has an owner

Revision ID: 0009
Revises: 0008
Create Date: 2026-02-09 09:00:00.000000

"""
from alembic import op


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    # Each statement commits by itself, so that no lock is kept while the next one reads rows.
    with op.get_context().autocommit_block():
        # A first try may have left it.
        op.execute('ALTER TABLE furniture DROP CONSTRAINT IF EXISTS owner_is_known')
        # A promise for what is written from now on: no row is read.
        op.execute(
            'ALTER TABLE furniture ADD CONSTRAINT owner_is_known CHECK (owner IS NOT NULL) NOT VALID'
        )
        op.execute("UPDATE furniture SET owner = 'the museum' WHERE owner IS NULL")
        # This reads all rows, and nobody waits for it.
        op.execute('ALTER TABLE furniture VALIDATE CONSTRAINT owner_is_known')
        # This believes the rule that is proved, and reads nothing.
        op.alter_column('furniture', 'owner', nullable=False)
        op.execute('ALTER TABLE furniture DROP CONSTRAINT owner_is_known')


def downgrade():
    with op.get_context().autocommit_block():
        op.alter_column('furniture', 'owner', nullable=True)
        op.execute("UPDATE furniture SET owner = NULL WHERE owner = 'the museum'")
