import logging
import sqlite3
from contextlib import closing, contextmanager
from logging.config import fileConfig
from time import sleep

from flask import current_app
from sqlalchemy import text

from alembic import context

# this is the Alembic Config object, which provides
# access to the values within the .ini file in use.
config = context.config

# Interpret the config file for Python logging.
# This line sets up loggers basically.
fileConfig(config.config_file_name)
logger = logging.getLogger('alembic.env')


def get_engine():
    # Remodel: the stock file tries db.get_engine() first, which Flask-SQLAlchemy 3.1
    # answers with a DeprecationWarning, and 3.2 will not answer at all.
    return current_app.extensions['migrate'].db.engine


def get_engine_url():
    try:
        return get_engine().url.render_as_string(hide_password=False).replace(
            '%', '%%')
    except AttributeError:
        return str(get_engine().url).replace('%', '%%')


# add your model's MetaData object here
# for 'autogenerate' support
# from myapp import mymodel
# target_metadata = mymodel.Base.metadata
config.set_main_option('sqlalchemy.url', get_engine_url())
target_db = current_app.extensions['migrate'].db

# other values from the config, defined by the needs of env.py,
# can be acquired:
# my_important_option = config.get_main_option("my_important_option")
# ... etc.


def get_metadata():
    if hasattr(target_db, 'metadatas'):
        return target_db.metadatas[None]
    return target_db.metadata


def run_migrations_offline():
    """Run migrations in 'offline' mode.

    This configures the context with just a URL
    and not an Engine, though an Engine is acceptable
    here as well.  By skipping the Engine creation
    we don't even need a DBAPI to be available.

    Calls to context.execute() here emit the given string to the
    script output.

    """
    url = config.get_main_option("sqlalchemy.url")
    context.configure(
        url=url, target_metadata=get_metadata(), literal_binds=True
    )

    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online():
    """Run migrations in 'online' mode.

    In this scenario we need to create an Engine
    and associate a connection with the context.

    """

    # this callback is used to prevent an auto-migration from being generated
    # when there are no changes to the schema
    # reference: http://alembic.zzzcomputing.com/en/latest/cookbook.html
    def process_revision_directives(context, revision, directives):
        if getattr(config.cmd_opts, 'autogenerate', False):
            script = directives[0]
            if script.upgrade_ops.is_empty():
                directives[:] = []
                logger.info('No changes in schema detected.')

    conf_args = current_app.extensions['migrate'].configure_args
    if conf_args.get("process_revision_directives") is None:
        conf_args["process_revision_directives"] = process_revision_directives

    connectable = get_engine()

    with connectable.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=get_metadata(),
            **conf_args
        )

        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def one_file_at_a_time():
    # A SQLite file beside the database. Whoever holds its lock upgrades, and the others wait:
    # the system takes the lock away when its process ends, however it ends.
    with closing(sqlite3.connect(f'{get_engine().url.database}.upgrade-lock', timeout=600)) as lock:
        lock.execute('BEGIN IMMEDIATE')
        yield


@contextmanager
def one_session_at_a_time():
    # An advisory lock is a number that one session of PostgreSQL holds at a time, from whichever
    # machine. Not pg_advisory_lock(): a CREATE INDEX CONCURRENTLY of the upgrade would wait for
    # that statement, and that statement for the upgrade.
    with get_engine().connect().execution_options(isolation_level='AUTOCOMMIT') as session:
        while not session.scalar(text("SELECT pg_try_advisory_lock(hashtext('alembic'))")):
            sleep(0.2)
        try:
            yield
        finally:
            session.invalidate()  # the lock ends with its session, and the pool would keep that


if context.is_offline_mode():
    run_migrations_offline()
else:
    on_postgresql = get_engine().dialect.name == 'postgresql'
    one_at_a_time = one_session_at_a_time if on_postgresql else one_file_at_a_time
    # Alembic asks for the revision in here: whoever had to wait finds the work done.
    with one_at_a_time():
        run_migrations_online()
