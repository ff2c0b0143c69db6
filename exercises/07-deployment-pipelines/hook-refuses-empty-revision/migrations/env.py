import inspect
import logging
from contextlib import ExitStack
from logging.config import fileConfig

from sqlalchemy import MetaData
from flask import current_app

from alembic import context

# this is the Alembic Config object, which provides
# access to the values within the .ini file in use.
config = context.config

# Interpret the config file for Python logging.
# This line sets up loggers basically.
fileConfig(config.config_file_name)
logger = logging.getLogger('alembic.env')


def get_engine(bind_key=None):
    # Remodel: the stock file tries db.get_engine() first, which Flask-SQLAlchemy 3.1
    # answers with a DeprecationWarning, and 3.2 will not answer at all.
    return current_app.extensions['migrate'].db.engines[bind_key]


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
            # With a decorator, what counts is what the decorator takes.
            if function and not inspect.signature(function, follow_wrapped=False).parameters:
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

    # Remodel: the stock file begins the transactions itself. Alembic then leaves them alone, so
    # autocommit_block() ends in an AssertionError and transaction_per_migration does nothing.
    # Here Alembic begins them. They end together, after the last database's revisions.
    with ExitStack() as stack:
        for name in ['', *bind_names]:
            logger.info("Migrating database %s" % (name or '<default>'))
            connection = stack.enter_context(get_engine(name or None).connect())
            context.configure(
                connection=connection,
                upgrade_token="%s_upgrades" % name,
                downgrade_token="%s_downgrades" % name,
                target_metadata=get_metadata(name),
                # One transaction for the whole run, as in the stock file: on SQLite as well.
                transactional_ddl=connection.dialect.name == 'sqlite' or None,
                **conf_args
            )
            stack.enter_context(context.begin_transaction())
            context.run_migrations(engine_name=name)


dispatch_by_signature()
if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
