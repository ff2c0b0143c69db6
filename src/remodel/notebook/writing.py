"""`%%into FILE`: a file gets what a cell defines; and what the notebook does where nobody wrote."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

from remodel.course.catalog import find_course
from remodel.errors import RemodelError
from remodel.notebook.houses import here, notebook_cells, refuse_elsewhere
from remodel.notebook.kernel import kernel_shell
from remodel.notebook.verdict import check
from remodel.playground.definitions import merged

MAGIC = "%%into "
#: Of the cells run since the last `go_on`, the files that they wrote, and whether that was new.
_WRITTEN: dict[str, bool] = {}


def register(begin: Callable[[str], Path]) -> None:
    """Have this kernel know `%%into`; `begin` makes a fresh house."""
    shell = kernel_shell()
    if shell is None:
        return

    def into(line: str, cell: str) -> None:
        write_into(line, cell, begin)

    shell.register_magic_function(into, "cell", "into")


def write_into(line: str, cell: str, begin: Callable[[str], Path]) -> None:
    """Write `cell` as `line` says: FILE, then perhaps `--fresh NAME`, or `--check SLUG`."""
    file, *options = line.split()
    named = dict(zip(options[::2], options[1::2], strict=False))
    if len(options) % 2 or named.keys() - {"--fresh", "--check"}:
        raise RemodelError("Write %%into FILE, %%into FILE --fresh NAME or --check EXERCISE")
    refuse_elsewhere(MAGIC + line)
    if file.endswith(".py"):
        _refuse_what_is_no_module(cell)
    slug = named.get("--check")
    if name := slug or named.get("--fresh"):
        begin(name)
    _put(file, cell)
    _WRITTEN[file] = cell.strip() not in _shipped(f"{MAGIC}{line.strip()}")
    if house := here():
        house.written += 1
    if slug:
        check(slug, Path.cwd())


def _refuse_what_is_no_module(cell: str) -> None:
    """Raise RemodelError for a text that Python cannot read, or for a lone line of a class."""
    try:
        nodes = ast.parse(cell).body
    except SyntaxError as error:
        line = (error.text or "").strip()
        # The first line of the cell says where it goes.
        raise RemodelError(
            f"Nothing was written. Line {(error.lineno or 0) + 1} of this cell is no Python: "
            f"{error.msg}\n    {line}"
        ) from None
    for node in nodes:
        if isinstance(node, ast.AnnAssign) and "Mapped" in ast.unparse(node.annotation):
            name = ast.unparse(node.target)
            raise RemodelError(
                f"Nothing was written. {name!r} stands outside of a class: write the whole class."
            )


def forget_written() -> None:
    """Begin to count again: what was written lies in a house that was left."""
    _WRITTEN.clear()


def go_on(step: str) -> None:
    """Keep what the cells above wrote; where they were run as they came, lay down ours instead."""
    refuse_elsewhere(step)
    written = dict(_WRITTEN)
    _WRITTEN.clear()
    if any(written.values()):
        print(f"{' and '.join(written)}: yours is used.")
    elif written:
        print("Nothing was written above, so the notebook goes on with this:")
        ours(step)


def ours(step: str) -> None:
    """Lay down and show the files that the notebook itself brings for `step`."""
    folder = find_course().layout.notebook_steps / step
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        raise RemodelError(f"The course has no files for {step!r}.")
    for path in files:
        file, text = path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
        _put(file, text)
        print(f"\n# {file}\n{text.strip()}")


def _put(file: str, text: str) -> None:
    place = Path(file)
    if place.suffix == ".py" and place.exists():
        text = merged(place.read_text(encoding="utf-8"), text)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")


@cache
def _shipped(line: str) -> frozenset[str]:
    """What the cells that begin with `line` hold in the notebooks of the course."""
    return frozenset(
        source.partition("\n")[2].strip()
        for sources in notebook_cells()
        for source in sources
        if source.partition("\n")[0].strip() == line
    )
