"""The ids of revision files whose text does not tell them: imported, as Alembic imports them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: A file to its `revision`, `down_revision` and `depends_on`; or to the error of its import.
Ids = dict[str, list[Any] | str]


def revision_ids(files: Sequence[str]) -> Ids:
    """What Alembic would read of each of `files` in the current folder."""
    return {file: _ids_of(Path(file)) for file in files}


def _ids_of(path: Path) -> list[Any] | str:
    from alembic.util.pyfiles import load_python_file

    try:
        module = load_python_file(str(path.parent), path.name)
    except Exception as error:  # whatever the file does
        return f"{type(error).__name__}: {error}"
    names = "revision", "down_revision", "depends_on"
    return [getattr(module, name, None) for name in names]
