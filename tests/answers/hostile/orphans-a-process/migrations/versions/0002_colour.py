"""furniture has a colour

Revision ID: 0002
Revises: 0001
Create Date: 2026-01-20 12:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
import os
import signal
import subprocess
import sys
import time


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    code = 'import time; time.sleep(300) # remodel-stray'
    subprocess.Popen([sys.executable, '-c', code], start_new_session=True)
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(300)
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('colour', sa.String(length=30), nullable=True))


def downgrade():
    with op.batch_alter_table('furniture', schema=None) as batch_op:
        batch_op.drop_column('colour')
