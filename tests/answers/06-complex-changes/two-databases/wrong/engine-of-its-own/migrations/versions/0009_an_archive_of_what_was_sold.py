"""an archive of what was sold

Revision ID: 0009
Revises: 0008
Create Date: 2026-01-20 12:00:00.000000

"""
import os

import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name):
    globals()["downgrade_%s" % engine_name]()





def upgrade_():
    archive = sa.create_engine(os.environ.get('ARCHIVE_DATABASE_URL', 'sqlite:///instance/archive.db'))
    with archive.begin() as connection:
        connection.execute(sa.text("""
            CREATE TABLE sold (
                id INTEGER NOT NULL,
                what VARCHAR(80) NOT NULL,
                sold_on DATE NOT NULL,
                CONSTRAINT pk_sold PRIMARY KEY (id)
            )
        """))
    archive.dispose()


def downgrade_():
    archive = sa.create_engine(os.environ.get('ARCHIVE_DATABASE_URL', 'sqlite:///instance/archive.db'))
    with archive.begin() as connection:
        connection.execute(sa.text("DROP TABLE sold"))
    archive.dispose()


def upgrade_archive():
    pass


def downgrade_archive():
    pass
