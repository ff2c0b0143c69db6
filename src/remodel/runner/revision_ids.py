"""The ids of revision files whose text does not tell them: imported, as Alembic imports them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def revision_ids(files: Sequence[str], names: Sequence[str]) -> dict[str, list[Any] | str]:
    """What each of `files` in the current folder binds to `names`; or the error of its import."""
    return {file: _bound(Path(file), names) for file in files}


def _bound(path: Path, names: Sequence[str]) -> list[Any] | str:
    from alembic.util.pyfiles import load_python_file

    try:
        module = load_python_file(str(path.parent), path.name)
    except Exception as error:  # whatever the file does
        return f"{type(error).__name__}: {error}"
    return [getattr(module, name, None) for name in names]
