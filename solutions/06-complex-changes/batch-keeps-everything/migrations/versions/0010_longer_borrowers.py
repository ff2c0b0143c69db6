"""longer borrowers

Revision ID: 0010
Revises: 0009
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    rebuild_loan(sa.String(length=20), sa.String(length=80))


def downgrade():
    rebuild_loan(sa.String(length=80), sa.String(length=20))


def rebuild_loan(before, after):
    # First of all: inside a transaction SQLite would ignore it, and the old table, when it is
    # dropped, would take every reminder along.
    op.execute('PRAGMA foreign_keys=OFF')
    connection = op.get_bind()
    triggers = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'loan'").scalars().all()
    last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'loan'").scalar()

    # What Alembic does not read from the old table, the new one gets by name.
    with op.batch_alter_table(
        'loan', table_args=[sa.CheckConstraint('weeks > 0')],
        table_kwargs={'sqlite_autoincrement': True},
    ) as batch_op:
        batch_op.alter_column('borrower', existing_type=before, type_=after, existing_nullable=False)

    # The new table knows the largest number that is there, not the largest that was given.
    connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'loan'")
    if last is not None:
        connection.exec_driver_sql("INSERT INTO sqlite_sequence VALUES ('loan', ?)", (last,))
    for trigger in triggers:
        # Not op.execute: the colon in its sentence would look like a parameter.
        connection.exec_driver_sql(trigger)
