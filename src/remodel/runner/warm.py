"""Uses everything once that a `flask db` command uses, so that a fork finds it warm.

The first model, the first statement and the first template of a process fill caches of
SQLAlchemy, Alembic and Jinja; filled here, they need not be filled in every fork. Nothing of a
learner's runs here.
"""

import gc
import logging.config  # noqa: F401  (env.py imports it)

import alembic.autogenerate
import alembic.command
import alembic.ddl.sqlite
import alembic.runtime.environment
import flask
import flask_migrate
import flask_sqlalchemy
import jinja2.ext  # noqa: F401
import mako.template
import sqlalchemy as sa
import werkzeug.test  # noqa: F401
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import orm
from sqlalchemy.orm import Mapped, mapped_column

from remodel.runner.worker import flask_commands


def warm_up() -> None:
    """Fill the caches, then keep what is there out of the garbage collector's way."""
    flask_commands()
    app = _app()
    app.test_client().get("/")
    with app.app_context():
        database = app.extensions["sqlalchemy"]
        with database.engine.begin() as connection:
            _migrate(connection, database.metadata)
        database.engine.dispose()
    mako.template.Template("${message}").render(message="warm")
    gc.collect()
    gc.freeze()
    gc.disable()  # a command is over before a collection would pay


def _app() -> flask.Flask:
    database = flask_sqlalchemy.SQLAlchemy(
        metadata=sa.MetaData(naming_convention={"fk": "fk_%(table_name)s_%(column_0_name)s"})
    )
    app = flask.Flask("remodel.runner.warm")
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    database.init_app(app)
    flask_migrate.Migrate(app, database)
    parent, child = _models(database)

    @app.get("/")
    def index() -> str:
        database.create_all()
        database.session.add(parent(name="warm"))
        database.session.flush()
        database.session.execute(
            sa.select(parent, sa.func.count(child.id)).outerjoin(child).group_by(parent.id)
        ).all()
        database.session.rollback()
        database.drop_all()
        return flask.render_template_string("{% for n in [1] %}{{ n }}{% endfor %}")

    return app


def _models(database: flask_sqlalchemy.SQLAlchemy):  # type: ignore[no-untyped-def]
    class Parent(database.Model):  # type: ignore[name-defined,misc]
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None] = mapped_column(sa.String(80), unique=True)

    class Child(database.Model):  # type: ignore[name-defined,misc]
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int] = mapped_column(sa.ForeignKey("parent.id"))
        parent: Mapped[Parent] = orm.relationship(Parent)

    return Parent, Child


def _migrate(connection: sa.Connection, metadata: sa.MetaData) -> None:
    context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
    with Operations.context(context) as op:
        op.create_table("warm", sa.Column("id", sa.Integer, primary_key=True))
        with op.batch_alter_table("warm") as batch:
            batch.add_column(sa.Column("name", sa.String(10), nullable=True))
        with op.batch_alter_table("warm", recreate="always") as batch:
            batch.drop_column("name")
        op.create_index("ix_warm_id", "warm", ["id"])
        op.execute(sa.text("SELECT 1"))
    alembic.autogenerate.compare_metadata(context, metadata)
