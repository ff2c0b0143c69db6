"""loans

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-12 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('loan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.Column('borrower', sa.String(length=20), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.CheckConstraint('weeks > 0'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan')),
    sqlite_autoincrement=True
    )
    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('loan_id', sa.Integer(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_reminder_loan_id_loan'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder'))
    )
    # The slip is written: what was lent out stays what it was.
    op.get_bind().exec_driver_sql(
        "CREATE TRIGGER loan_keeps_its_thing BEFORE UPDATE OF what ON loan WHEN new.what <> old.what "
        "BEGIN SELECT RAISE(ABORT, 'no :changes here, write a new loan'); END"
    )


def downgrade():
    op.drop_table('reminder')
    op.drop_table('loan')
