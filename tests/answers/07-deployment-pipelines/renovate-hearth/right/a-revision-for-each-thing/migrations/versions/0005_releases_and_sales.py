"""releases and sales

Revision ID: 0005
Revises: 0004

"""
from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()


def upgrade_():
    op.create_table('release_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.String(length=32), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('outcome', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_release_log')
    )


def downgrade_():
    op.drop_table('release_log')


def upgrade_archive():
    op.create_table('sold',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=80), nullable=False),
    sa.Column('sold_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name='pk_sold')
    )


def downgrade_archive():
    op.drop_table('sold')
