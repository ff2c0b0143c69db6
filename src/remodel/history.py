"""The revision graph, read from the files with ast: nothing of a learner's is imported."""

import ast
import functools
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

VERSIONS = "migrations/versions/"


@dataclass(frozen=True)
class Revision:
    """One revision file: who it is, what it stands on, and its parsed text."""

    id: str
    down: tuple[str, ...]
    file: str
    tree: ast.Module = field(repr=False, compare=False)

    @property
    def message(self) -> str:
        """What its author wrote after `-m`: the first line of the file's docstring."""
        return (ast.get_docstring(self.tree) or "").strip().partition("\n")[0]

    def functions(self, name: str) -> list[ast.FunctionDef]:
        """Its `upgrade` or `downgrade`, parsed, with those of single binds (`upgrade_archive`)."""
        return [
            node
            for node in self.tree.body
            if isinstance(node, ast.FunctionDef)
            and (node.name == name or node.name.startswith(f"{name}_"))
        ]


@dataclass(frozen=True)
class History:
    """Every revision of one app, and what is wrong with the files, if anything."""

    revisions: tuple[Revision, ...]
    problems: tuple[str, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The identifiers of all revisions."""
        return frozenset(r.id for r in self.revisions)

    @property
    def heads(self) -> tuple[str, ...]:
        """The revisions that no other stands on, sorted."""
        return tuple(sorted(self.ids - {down for r in self.revisions for down in r.down}))

    @property
    def bases(self) -> tuple[str, ...]:
        """The revisions that stand on nothing, sorted."""
        return tuple(sorted(r.id for r in self.revisions if not r.down))

    def get(self, revision: str) -> Revision | None:
        """The revision called `revision`, or None."""
        return next((r for r in self.revisions if r.id == revision), None)

    def order(self) -> list[Revision]:
        """Revisions from base to head, each after all that it stands on."""
        done: list[Revision] = []
        waiting = sorted(self.revisions, key=lambda r: r.id)
        while waiting:
            ready = [r for r in waiting if all(d in {x.id for x in done} for d in r.down)]
            if not ready:  # a cycle or a gap: problems names it
                break
            done += ready
            waiting = [r for r in waiting if r not in ready]
        return done

    def since(self, known: frozenset[str] | set[str]) -> list[Revision]:
        """Revisions that are not in `known`, from base to head."""
        return [r for r in self.order() if r.id not in known]


#: Two threads that parse at once made CPython 3.11 raise "AST constructor recursion depth mismatch"
#: (python/cpython issue 106905).
_PARSING = threading.Lock()


def read_history(files: Mapping[str, bytes]) -> History:
    """The history that the revision files among `files` (relative path to content) make."""
    revisions: list[Revision] = []
    problems: list[str] = []
    for file in sorted(f for f in files if f.startswith(VERSIONS) and f.endswith(".py")):
        try:
            revision = _read_revision(file, files[file])
        except (SyntaxError, ValueError) as error:
            problems.append(f"{file}: {_explain(error)}")
        else:
            if revision:
                revisions.append(revision)
    return History(tuple(revisions), tuple(problems + list(_graph_problems(revisions))))


def _explain(error: SyntaxError | ValueError) -> str:
    if isinstance(error, SyntaxError):
        return f"Python cannot read line {error.lineno}: {error.msg}."
    return str(error)


@functools.lru_cache(maxsize=256)
def _read_revision(file: str, content: bytes) -> Revision | None:
    with _PARSING:
        tree = ast.parse(content.decode("utf-8"), filename=file)
    constants = {name: value for node in tree.body for name, value in _constants(node)}
    if "revision" not in constants:
        # Alembic takes no notice of a file in versions/ that names no revision.
        return None
    revision, down = constants["revision"], constants.get("down_revision")
    if not isinstance(revision, str) or not revision:
        raise ValueError("`revision` must be a plain string.")
    return Revision(revision, _as_tuple(down), file, tree)


def _constants(node: ast.stmt) -> Iterator[tuple[str, object]]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    names = [t.id for t in targets if isinstance(t, ast.Name)]
    if not {"revision", "down_revision"} & set(names):
        return
    value = getattr(node, "value", None)
    try:
        literal = ast.literal_eval(value) if value is not None else None
    except ValueError:
        raise ValueError(
            f"line {node.lineno}: `{names[0]}` must be written out, not computed."
        ) from None
    for name in names:
        yield name, literal


def _as_tuple(down: object) -> tuple[str, ...]:
    if down is None:
        return ()
    if isinstance(down, str):
        return (down,)
    if isinstance(down, tuple | list) and all(isinstance(each, str) for each in down):
        return tuple(down)
    raise ValueError("`down_revision` must be a revision, a tuple of revisions or None.")


def _graph_problems(revisions: list[Revision]) -> Iterator[str]:
    by_id: dict[str, Revision] = {}
    for revision in revisions:
        if revision.id in by_id:
            first = by_id[revision.id].file
            yield f"{first} and {revision.file} both call themselves revision {revision.id}."
        by_id[revision.id] = revision
    for revision in revisions:
        for down in revision.down:
            if down not in by_id:
                yield (f"{revision.file} stands on revision {down}, and no file has that revision.")
    if revisions and all(down in by_id for r in revisions for down in r.down):
        ordered = {r.id for r in History(tuple(by_id.values()), ()).order()}
        circle = sorted(set(by_id) - ordered)
        if circle:
            yield f"Revisions {', '.join(circle)} stand on one another in a circle."
