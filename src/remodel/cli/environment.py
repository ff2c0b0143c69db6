"""What is set in the learner's shell and misleads the commands that they type in a playground."""

import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from remodel.course.layout import APP

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
    databases = {"DATABASE_URL", *(f"{bind.upper()}_DATABASE_URL" for bind in binds)}
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


def words_and_line(binds: Collection[str] = ()) -> Iterator[str]:
    """A sentence for each variable that misleads `flask`, then the line that unsets them."""
    found = [each for each in misleading(binds) if each.of_flask]
    for each in found:
        yield f"{each.name} is set in this shell: {each.effect}."
    if found:
        yield line_to_unset([each.name for each in found])
