import inspect
import logging
from collections import Counter
from logging.config import fileConfig

from sqlalchemy import MetaData, NullPool, create_engine, event
from flask import current_app

from alembic import context

USE_TWOPHASE = False

# this is the Alembic Config object, which provides
# access to the values within the .ini file in use.
config = context.config

# Interpret the config file for Python logging.
# This line sets up loggers basically.
# Remodel: the stock file leaves out the second argument. Python then turns off every logger
# that is there already: harmless in a `flask db` command, but `flask release` upgrades inside
# the app's own process, and the app would say nothing of its errors from then on.
fileConfig(config.config_file_name, disable_existing_loggers=False)
logger = logging.getLogger('alembic.env')


def get_engine(bind_key=None):
    # Remodel: the stock file tries db.get_engine() first, which Flask-SQLAlchemy 3.1
    # answers with a DeprecationWarning, and 3.2 will not answer at all.
    return current_app.extensions['migrate'].db.engines[bind_key]


# Remodel: Python's driver for SQLite opens a transaction at the first changed row, and commits
# a change to the schema at once before that. So an upgrade that is cut off leaves half of
# itself behind. Here each transaction begins with BEGIN IMMEDIATE, and all of it is kept or
# none. The engine is one of our own, because the app's engine would keep these habits after
# the upgrade.
def get_migration_engine(bind_key=None):
    engine = get_engine(bind_key)
    if engine.dialect.name != 'sqlite':
        return engine
    engine = create_engine(engine.url, poolclass=NullPool)

    @event.listens_for(engine, 'connect')
    def leave_transactions_to_us(connection, record):
        connection.isolation_level = None
        # A rebuilt table is dropped for a moment. Where references are guarded, that deletes
        # the rows that refer to it. Inside a transaction SQLite would ignore this line.
        connection.execute('PRAGMA foreign_keys = OFF')

    @event.listens_for(engine, 'begin')
    def begin(connection):
        connection.exec_driver_sql('BEGIN IMMEDIATE')

    return engine


# Remodel: with the guard switched off, a revision could leave rows that refer to nothing. So
# they are counted before and after. Those that were there before stop nobody.
def rows_without_their_parent(connection):
    if connection.dialect.name != 'sqlite':
        return Counter()
    lost = connection.exec_driver_sql('PRAGMA foreign_key_check')
    return Counter((table, parent) for table, _, parent, _ in lost)


def refuse_new_orphans(connection, before):
    new = rows_without_their_parent(connection) - before
    if new:
        told = ', '.join(f'{count} in {table} (to {parent})' for (table, parent), count in new.items())
        raise RuntimeError(f'rows that refer to nothing: {told}. All is taken back.')


def get_engine_url(bind_key=None):
    try:
        return get_engine(bind_key).url.render_as_string(
            hide_password=False).replace('%', '%%')
    except AttributeError:
        return str(get_engine(bind_key).url).replace('%', '%%')


# add your model's MetaData object here
# for 'autogenerate' support
# from myapp import mymodel
# target_metadata = mymodel.Base.metadata
config.set_main_option('sqlalchemy.url', get_engine_url())
bind_names = []
if current_app.config.get('SQLALCHEMY_BINDS') is not None:
    bind_names = list(current_app.config['SQLALCHEMY_BINDS'].keys())
else:
    get_bind_names = getattr(current_app.extensions['migrate'].db,
                             'bind_names', None)
    if get_bind_names:
        bind_names = get_bind_names()
for bind in bind_names:
    context.config.set_section_option(
        bind, "sqlalchemy.url", get_engine_url(bind_key=bind))
target_db = current_app.extensions['migrate'].db

# other values from the config, defined by the needs of env.py,
# can be acquired:
# my_important_option = config.get_main_option("my_important_option")
# ... etc.


def get_metadata(bind):
    """Return the metadata for a bind."""
    if bind == '':
        bind = None
    if hasattr(target_db, 'metadatas'):
        return target_db.metadatas[bind]

    # legacy, less flexible implementation
    m = MetaData()
    for t in target_db.metadata.tables.values():
        if t.info.get('bind_key') == bind:
            t.tometadata(m)
    return m


# Remodel: the revisions from before the second database take no engine_name. The
# stock file hands them one all the same, and an empty database then stops at the
# first of them: "upgrade() got an unexpected keyword argument 'engine_name'".
# What they build belongs in the main database. For any other database they do
# nothing, and count as done, so that every database stands at the same revision.
def for_the_main_database(function):
    def run(engine_name):
        if engine_name == '':
            function()

    # Alembic prints this name: "Running upgrade 0001 -> 0002".
    run.__name__ = function.__name__
    return run


def dispatch_by_signature():
    for script in context.script.walk_revisions():
        for name in ('upgrade', 'downgrade'):
            function = getattr(script.module, name, None)
            if function and not inspect.signature(function).parameters:
                setattr(script.module, name, for_the_main_database(function))


def run_migrations_offline():
    """Run migrations in 'offline' mode.

    This configures the context with just a URL
    and not an Engine, though an Engine is acceptable
    here as well.  By skipping the Engine creation
    we don't even need a DBAPI to be available.

    Calls to context.execute() here emit the given string to the
    script output.

    """
    # for the --sql use case, run migrations for each URL into
    # individual files.

    engines = {
        '': {
            'url': context.config.get_main_option('sqlalchemy.url')
        }
    }
    for name in bind_names:
        engines[name] = rec = {}
        rec['url'] = context.config.get_section_option(name, "sqlalchemy.url")

    for name, rec in engines.items():
        logger.info("Migrating database %s" % (name or '<default>'))
        # Remodel: the stock file writes the main database's SQL to ".sql", a name
        # that most listings hide.
        file_ = "%s.sql" % (name or 'main')
        logger.info("Writing output to %s" % file_)
        with open(file_, 'w') as buffer:
            context.configure(
                url=rec['url'],
                output_buffer=buffer,
                target_metadata=get_metadata(name),
                literal_binds=True,
            )
            with context.begin_transaction():
                context.run_migrations(engine_name=name)


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
            if len(script.upgrade_ops_list) >= len(bind_names) + 1:
                empty = True
                for upgrade_ops in script.upgrade_ops_list:
                    if not upgrade_ops.is_empty():
                        empty = False
                if empty:
                    directives[:] = []
                    logger.info('No changes in schema detected.')

    conf_args = current_app.extensions['migrate'].configure_args
    if conf_args.get("process_revision_directives") is None:
        conf_args["process_revision_directives"] = process_revision_directives

    # for the direct-to-DB use case, start a transaction on all
    # engines, then run all migrations, then commit all transactions.
    engines = {
        '': {'engine': get_migration_engine()}
    }
    for name in bind_names:
        engines[name] = rec = {}
        rec['engine'] = get_migration_engine(bind_key=name)

    for name, rec in engines.items():
        engine = rec['engine']
        rec['connection'] = conn = engine.connect()

        if USE_TWOPHASE:
            rec['transaction'] = conn.begin_twophase()
        else:
            rec['transaction'] = conn.begin()
        rec['orphans'] = rows_without_their_parent(conn)

    try:
        for name, rec in engines.items():
            logger.info("Migrating database %s" % (name or '<default>'))
            context.configure(
                connection=rec['connection'],
                upgrade_token="%s_upgrades" % name,
                downgrade_token="%s_downgrades" % name,
                target_metadata=get_metadata(name),
                **conf_args
            )
            context.run_migrations(engine_name=name)
            refuse_new_orphans(rec['connection'], rec['orphans'])

        if USE_TWOPHASE:
            for rec in engines.values():
                rec['transaction'].prepare()

        for rec in engines.values():
            rec['transaction'].commit()
    except:  # noqa: E722
        for rec in engines.values():
            rec['transaction'].rollback()
        raise
    finally:
        for rec in engines.values():
            rec['connection'].close()
            # Remodel: close the connections that the pool keeps, or Python 3.13
            # warns of an unclosed database when the command ends.
            rec['engine'].dispose()


dispatch_by_signature()
if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
