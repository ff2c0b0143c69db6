"""What to type, in the shell at hand."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from remodel.wrapping import wrap_around_code


def shown_path(path: Path) -> str:
    """`path` as the learner would type it: relative where it lies below the current folder."""
    path = Path(os.path.realpath(path))  # a loop of links has no end, and is no error here
    here = Path.cwd()
    return _quoted(str(path.relative_to(here)) if path.is_relative_to(here) else str(path))


def typed_path(path: Path) -> str:
    """`path` so that it works from any folder, with ~ for the home folder where shells know it."""
    path = Path(os.path.realpath(path))
    home = Path.home().resolve()
    if os.name != "nt" and path.is_relative_to(home) and path != home:
        return f"~/{shlex.quote(path.relative_to(home).as_posix())}"
    return _quoted(str(path))


def wrapped(text: str, indent: str = "  ") -> str:
    """`text` at 80 columns; a path, an option, a slug or `code` is never broken."""
    return "\n".join(wrap_around_code(text, indent))


def _quoted(path: str) -> str:
    return (
        f'"{path}"'
        if os.name == "nt" and " " in path
        else (path if os.name == "nt" else shlex.quote(path))
    )


def activation() -> str | None:
    """The line that puts this environment's `flask` and `remodel` on PATH, or None if they are."""
    return None if own_flask_comes_first() else activation_elsewhere()


def activation_elsewhere() -> str:
    """The line that does so in a terminal that was opened a moment ago."""
    if os.name == "nt":
        return _quoted(str(Path(sys.prefix) / "Scripts" / "Activate.ps1"))
    name = Path(os.environ.get("SHELL", "sh")).name
    ending = {"fish": ".fish", "csh": ".csh", "tcsh": ".csh"}.get(name, "")
    word = "source" if name in ("bash", "zsh", "fish", "csh", "tcsh") else "."
    return f"{word} {typed_path(Path(sys.prefix) / 'bin' / f'activate{ending}')}"


def own_flask() -> Path:
    """The `flask` of the environment that Remodel runs in."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return Path(sys.prefix) / folder / f"flask{ending}"


def flask_on_path() -> Path | None:
    """The `flask` that the learner's shell would run, or None."""
    path = shutil.which("flask")
    return Path(path) if path else None


def own_flask_comes_first() -> bool:
    """Whether `flask` in the learner's shell is this environment's, by whatever path."""
    first, own = flask_on_path(), own_flask()
    return bool(first and own.exists() and first.samefile(own))


def lines_elsewhere(folder: Path) -> list[str]:
    """The same for a terminal that was opened a moment ago."""
    return [activation_elsewhere(), f"cd {typed_path(folder)}"]


def lines_to_type(folder: Path) -> list[str]:
    """How to get into `folder` with the right `flask` at hand."""
    activate = activation()
    return [*([activate] if activate else []), f"cd {typed_path(folder)}"]
