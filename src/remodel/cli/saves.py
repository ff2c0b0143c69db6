"""Waits for changes in a folder: what every command that watches uses."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from remodel.errors import NotGraded


def saves(
    folder: Path, matters: Callable[[Path], bool], stop: Event | None = None
) -> Iterator[tuple[Path, ...]]:
    """Yield, after each change of files in `folder` that `matters`, their paths relative to it.

    Raises NotGraded where the folder is gone. Ctrl-C ends it as it ends anything else, and `stop`
    ends it for another thread.
    """
    from watchfiles import watch

    folder = folder.resolve()

    def is_wanted(_change: object, path: str) -> bool:
        # That the folder itself is gone is for the loop below to see.
        return not folder.is_dir() or matters(Path(path).relative_to(folder))

    if folder.is_dir():
        changes = watch(folder, watch_filter=is_wanted, step=20, debounce=100, stop_event=stop)
        for changed in changes:
            if not folder.is_dir():
                break
            yield tuple(sorted({Path(path).relative_to(folder) for _, path in changed}))
    if stop is None or not stop.is_set():
        raise NotGraded(f"{folder}\nis gone, so there is nothing left to watch.")


def is_noise(file: Path) -> bool:
    """Whether `file` is what an editor or Python leaves beside the files that a person saves."""
    return (
        any(part == "__pycache__" or part.startswith(".") for part in file.parts)
        or file.name.endswith(("~", ".swp", ".swx", ".tmp", ".new", ".pyc"))
        or file.name.isdecimal()  # Vim tries whether it may write with a file called 4913
    )
