"""no two numbers alike

Revision ID: c95e11
Revises: b21c07
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = 'c95e11'
down_revision = 'b21c07'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_furniture_number'), 'number > 0')
        batch_op.create_unique_constraint(batch_op.f('uq_furniture_number'), ['number'])


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_furniture_number'), type_='unique')
        batch_op.drop_constraint(batch_op.f('ck_furniture_number'), type_='check')
