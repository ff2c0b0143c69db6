"""loans

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-19 12:00:00.000000

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
    sa.Column('furniture_id', sa.Integer(), nullable=True),
    sa.Column('borrower', sa.String(length=80), nullable=False),
    sa.Column('lent_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan'))
    )
    op.create_index(op.f('ix_loan_furniture_id'), 'loan', ['furniture_id'])


def downgrade():
    op.drop_index(op.f('ix_loan_furniture_id'), table_name='loan')
    op.drop_table('loan')
