"""The pages shown when something is wrong."""

from flask import Flask, current_app, render_template
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from werkzeug.exceptions import InternalServerError, NotFound

from hearth import schema


def not_found(error: NotFound) -> tuple[str, int]:
    """Say that the address leads nowhere."""
    return render_template("error.html", title="Not found", text="There is nothing here."), 404


def broken(error: InternalServerError) -> tuple[str, int]:
    """Own up to a fault without showing its details to a visitor."""
    text = "Something went wrong in Hearth. The terminal that runs it says what."
    return render_template("error.html", title="A fault", text=text), 500


def database_refused(error: DBAPIError) -> tuple[str, int]:
    """Explain a schema that lacks what the models expect; anything else stays a fault."""
    gaps = schema.missing()
    if not gaps:
        raise error
    current_app.logger.error("%s", error.orig)
    return render_template("behind.html", gaps=gaps), 503


def register(app: Flask) -> None:
    """Hand the error pages to the app."""
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(InternalServerError, broken)
    # Databases disagree on the class: SQLite raises the first, PostgreSQL the second.
    app.register_error_handler(OperationalError, database_refused)
    app.register_error_handler(ProgrammingError, database_refused)
