"""What is set in the learner's shell and misleads the commands that they type in a playground."""

import os
import shlex
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from remodel.cli.shell import wrapped
from remodel.course.layout import APP, INSTANCE, database_variable
from remodel.servers.kinds import kind_of_url

#: Modules that have to be the app's, or this environment's.
_OURS = (APP, "wsgi", "flask", "flask_migrate", "flask_sqlalchemy", "alembic", "sqlalchemy")
#: What concerns those alone who call pytest or Python themselves.
_OF_PYTEST = {
    "PYTEST_ADDOPTS": "`pytest` runs with the options that it holds; `remodel check` does not",
    "PYTEST_PLUGINS": "`pytest` loads the plugins that it names; `remodel check` does not",
    "PYTHONOPTIMIZE": "Python leaves asserts out, and nothing is graded like that",
}


@dataclass(frozen=True)
class Misleading:
    """A variable, and what comes of it."""

    name: str
    effect: str
    #: Whether `flask` in a playground does something else because of it.
    of_flask: bool = True


def misleading(binds: Collection[str] = ()) -> list[Misleading]:
    """The variables that are set here and mislead; `binds` are the app's other databases."""
    databases = {database_variable(bind) for bind in ("", *binds)}
    effects = {name: effect for name in sorted(os.environ) if (effect := _effect(name, databases))}
    return [
        *(Misleading(name, effect) for name, effect in effects.items()),
        *(Misleading(n, e, of_flask=False) for n, e in _OF_PYTEST.items() if os.environ.get(n)),
    ]


def _effect(name: str, databases: Collection[str]) -> str:
    value = os.environ[name]
    if not value:
        return ""
    if name in databases:
        return "`flask` works on the database that it names, not on the one in this folder"
    if name == "FLASK_APP":
        return f"`flask` loads {value}, and not the app in this folder"
    if name == "FLASK_DB_DIRECTORY":
        return f"`flask db` looks for the revisions in {value}"
    if name.startswith("FLASK_DB_"):
        return "`flask db` gets an option from it that you did not type"
    return _shadowed(value) if name == "PYTHONPATH" else ""


def _shadowed(path: str) -> str:
    for folder in filter(None, path.split(os.pathsep)):
        for module in _OURS:
            if (Path(folder) / module).is_dir() or (Path(folder) / f"{module}.py").is_file():
                return f"Python takes {module} from {folder}"
    return ""


def line_to_unset(names: Collection[str]) -> str:
    """What to type in the shell at hand so that none of `names` is set any more."""
    shell = Path(os.environ.get("SHELL", "sh")).name
    if sys.platform == "win32":
        return f"Remove-Item {', '.join(f'Env:{name}' for name in names)}"
    if shell == "fish":
        return f"set -e {' '.join(names)}"
    if shell in ("csh", "tcsh"):
        return "; ".join(f"unsetenv {name}" for name in names)
    return f"unset {' '.join(names)}"


def line_to_set(name: str, value: str) -> str:
    """What to type in the shell at hand so that `name` is `value`."""
    shell = Path(os.environ.get("SHELL", "sh")).name
    if sys.platform == "win32":
        return f'$env:{name} = "{value}"'
    if shell == "fish":
        return f"set -gx {name} {shlex.quote(value)}"
    if shell in ("csh", "tcsh"):
        return f"setenv {name} {shlex.quote(value)}"
    return f"export {name}={shlex.quote(value)}"


def words_and_line(binds: Collection[str] = ()) -> Iterator[str]:
    """A sentence for each variable that misleads `flask`, then the line that unsets them."""
    found = [each for each in misleading(binds) if each.of_flask]
    for each in found:
        yield f"{each.name} is set in this shell: {each.effect}."
    if found:
        yield line_to_unset([each.name for each in found])


def say_of_server() -> None:
    """One line where the app's database is a server's, for a command that reads files alone."""
    name = database_variable()
    if kind := kind_of_url(os.environ.get(name, "")):
        server = f"{name} names a {kind.name}, where `flask` and `remodel sql` work. "
        click.echo(
            wrapped(f"{server}This command knows the files in {INSTANCE}/ alone.", ""), err=True
        )
