"""What to type, in the shell at hand."""

import os
import shlex
import shutil
import sys
from pathlib import Path


def shown_path(path: Path) -> str:
    """`path` as the learner would type it: relative where it lies below the current folder."""
    path = path.resolve()
    here = Path.cwd()
    return _quoted(str(path.relative_to(here)) if path.is_relative_to(here) else str(path))


def _quoted(path: str) -> str:
    return (
        f'"{path}"'
        if os.name == "nt" and " " in path
        else (path if os.name == "nt" else shlex.quote(path))
    )


def activation() -> str | None:
    """The line that puts this environment's `flask` and `remodel` on PATH, or None if they are."""
    if flask_on_path() == own_flask():
        return None
    if os.name == "nt":
        return _quoted(str(Path(sys.prefix) / "Scripts" / "Activate.ps1"))
    name = Path(os.environ.get("SHELL", "sh")).name
    ending = {"fish": ".fish", "csh": ".csh", "tcsh": ".csh"}.get(name, "")
    word = "source" if name in ("bash", "zsh", "fish", "csh", "tcsh") else "."
    return f"{word} {shown_path(Path(sys.prefix) / 'bin' / f'activate{ending}')}"


def own_flask() -> Path:
    """The `flask` of the environment that Remodel runs in."""
    folder, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return Path(sys.prefix) / folder / f"flask{ending}"


def flask_on_path() -> Path | None:
    """The `flask` that the learner's shell would run, or None."""
    found = shutil.which("flask")
    return Path(found) if found else None


def lines_to_type(folder: Path) -> list[str]:
    """How to get into `folder` with the right `flask` at hand."""
    activate = activation()
    return [*([activate] if activate else []), f"cd {shown_path(folder)}"]
