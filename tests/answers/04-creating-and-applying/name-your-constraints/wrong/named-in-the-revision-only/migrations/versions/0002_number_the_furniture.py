"""number the furniture

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint('uq_furniture_number', ['number'])
        batch_op.create_check_constraint('ck_furniture_number', 'number > 0')


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint('uq_furniture_number', type_='unique')
        batch_op.drop_constraint('ck_furniture_number', type_='check')
        batch_op.drop_column('number')
