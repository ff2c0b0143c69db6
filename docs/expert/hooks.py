"""A hook for every draft, and a command of our own beside those of `flask db`."""

import click
from alembic.migration import MigrationContext
from alembic.operations import ops
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate.cli import db as db_commands


def look_at_the_draft(context, revision, directives):
    """Called by `flask db migrate` before it writes the file, with what would be in it."""
    # One list for each database. The hook is called after each; look when all are there.
    drafts = directives[0].upgrade_ops_list
    if len(drafts) < len(current_app.extensions["migrate"].db.engines):
        return
    if all(draft.is_empty() for draft in drafts):
        raise RuntimeError("Nothing to draft: models and database agree.")
    for operation in (operation for draft in drafts for operation in draft.ops):
        if isinstance(operation, ops.DropTableOp):
            raise RuntimeError(
                f"This would drop the table {operation.table_name}. Write it by hand."
            )


@db_commands.command("pending")
@with_appcontext
def pending():
    """Names the revisions that this database has not had; exit code 1 if there are any."""
    migrate = current_app.extensions["migrate"]
    script = ScriptDirectory.from_config(migrate.migrate.get_config())
    waiting = False
    for bind, engine in migrate.db.engines.items():
        with engine.connect() as connection:
            at = MigrationContext.configure(connection, opts=migrate.configure_args)
            left = list(script.iterate_revisions(script.get_heads(), at.get_current_heads()))
        for each in reversed(left):
            waiting = True
            click.echo(f"{f'{bind}: ' if bind else ''}{each.revision}  {each.doc}")
    raise SystemExit(1 if waiting else 0)
