"""The revision graph, read from the files with ast: nothing of a learner's is imported.

Where a file computes its ids, whoever can import it elsewhere says what they are.
"""

import ast
import codecs
import functools
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

VERSIONS = "migrations/versions/"


@dataclass(frozen=True)
class Revision:
    """One revision file: who it is, what it stands on, and its parsed text."""

    id: str
    down: tuple[str, ...]
    file: str
    tree: ast.Module = field(repr=False, compare=False)
    #: Revisions of other branches that Alembic applies before this one, or labels of theirs.
    depends: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

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
    #: The files that compute their ids, where nobody said what they are.
    computed: tuple[str, ...] = ()

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

    def below(self, revision: str, *, depends: bool = False) -> frozenset[str]:
        """`revision` and every one that it stands on, however far down; or that it `depends` on."""
        found, waiting = set[str](), [revision]
        while waiting:
            here = self.get(waiting.pop())
            if here and here.id not in found:
                found.add(here.id)
                waiting += here.down
                waiting += map(self._unlabelled, here.depends if depends else ())
        return frozenset(found)

    def _unlabelled(self, revision: str) -> str:
        """The id of the revision that `revision` names, by its label or by the id."""
        return next((r.id for r in self.revisions if revision in r.labels), revision)

    def recorded(self, revisions: tuple[str, ...]) -> tuple[str, ...]:
        """What a database records that has them all: none of `revisions` that another needs."""
        needed = {below for each in revisions for below in self.below(each, depends=True) - {each}}
        return tuple(each for each in revisions if each not in needed)

    def fork_of(self, revisions: tuple[str, ...]) -> tuple[str, ...]:
        """The newest revisions that all of `revisions` stand on, sorted; () where there is none.

        Two, where each of `revisions` is a merge of the same two.
        """
        common = frozenset.intersection(*map(self.below, revisions))
        return tuple(sorted(self.recorded(tuple(common))))

    def since(self, known: frozenset[str] | set[str]) -> list[Revision]:
        """Revisions that are not in `known`, from base to head."""
        return [r for r in self.order() if r.id not in known]


#: Two threads that parse at once made CPython 3.11 raise "AST constructor recursion depth mismatch"
#: (python/cpython issue 106905).
_PARSING = threading.Lock()


#: Files to what an import made of IDS in each, or an error.
Imported = Mapping[str, Sequence[object] | str]


#: How long the column is in which Alembic keeps an id.
_LONGEST_ID = 32


class Computed(ValueError):
    """A revision file that does not write its ids out."""


def read_history(files: Mapping[str, bytes], imported: Imported | None = None) -> History:
    """The history that the revision files among `files` (relative path to content) make.

    `imported` has the ids of those that compute them.
    """
    revisions: list[Revision] = []
    problems: list[str] = []
    computed: list[str] = []
    deep = b"recursive_version_locations" in files.get("migrations/alembic.ini", b"")
    for file in sorted(f for f in files if f.startswith(VERSIONS) and f.endswith(".py")):
        try:
            revision = _known(file, files[file], imported or {})
            if not deep and revision:
                _refuse_unseen(file)
            if not revision and _is_seen(file, deep):
                raise ValueError(_NO_REVISION)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            problems.append(f"{file}: {_explain(error, files[file])}")
            computed += [file] if isinstance(error, Computed) else []
        else:
            if revision:
                revisions.append(revision)
    problems += _graph_problems(revisions)
    return History(tuple(revisions), tuple(problems), tuple(computed))


def _known(file: str, content: bytes, imported: Imported) -> Revision | None:
    try:
        return _read_revision(file, content)
    except Computed as error:
        ids = imported.get(file)
        if ids is None:
            raise
        if isinstance(ids, str):
            raise ValueError(f"{error} Python cannot import the file: {ids}") from None
        if ids[0] is None:
            return None
        return _revision(file, _parsed(content, file), *ids)


_NO_REVISION = (
    "Alembic takes every Python file here for a revision, and this one has no `revision`. Move it "
    "to another folder."
)
#: Alembic reads the files of versions/ itself, and passes over names that begin as __init__ or as
#: an editor's lock file does (ScriptDirectory, Script._list_py_dir in Alembic 1.20).
_PASSED_OVER = (".#", "__init__")


def _is_seen(file: str, deep: bool) -> bool:
    """Whether Alembic looks at `file`, in folders too where it goes `deep`."""
    name = file.removeprefix(VERSIONS)
    return not name.split("/")[-1].startswith(_PASSED_OVER) and (deep or "/" not in name)


def _refuse_unseen(file: str) -> None:
    """Raise ValueError where `file` is one that Alembic never looks at."""
    name = file.removeprefix(VERSIONS)
    if "/" in name:
        raise ValueError(f"Alembic does not look into folders. Move the file to {VERSIONS}.")
    if name.startswith(_PASSED_OVER):
        raise ValueError("Alembic passes over files with such a name. Give it another.")


def _explain(error: Exception, content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "Python cannot read the file: it is UTF-16. Save it as UTF-8."
    if isinstance(error, SyntaxError):
        which = f"line {error.lineno}" if error.lineno else "the file"
        return f"Python cannot read {which}: {error.msg}."
    if isinstance(error, RecursionError | MemoryError):
        return "Python cannot read the file: it is nested too deeply."
    return str(error)


#: Each revision is kept with its tree, some 20 KB: a class has thousands, an answer a dozen.
@functools.lru_cache(maxsize=64)
def _read_revision(file: str, content: bytes) -> Revision | None:
    tree = _parsed(content, file)
    constants = {name: value for node in tree.body for name, value in _constants(node)}
    if "revision" not in constants:
        if any(isinstance(node, ast.FunctionDef) and node.name == "upgrade" for node in tree.body):
            raise Computed("no `revision` is written out.")
        return None
    return _revision(file, tree, *(constants.get(name) for name in IDS))


def _revision(
    file: str, tree: ast.Module, name: object, down: object, depends: object, labels: object
) -> Revision:
    if not isinstance(name, str) or not name:
        raise ValueError("`revision` must be a plain string.")
    stands, needs, called = map(_as_tuple, (down, depends, labels), IDS[1:])
    return Revision(name, stands, file, tree, needs, called)


def _parsed(content: bytes, file: str = "<revision>") -> ast.Module:
    """The tree of a file, whose encoding is found as Python finds it (PEP 263)."""
    with _PARSING:
        try:
            return ast.parse(content, filename=file)
        except ValueError as error:  # Python 3.11 says so of a NUL, later ones SyntaxError
            raise SyntaxError(str(error)) from None


#: What Alembic reads of a revision file, beside its functions.
IDS = ("revision", "down_revision", "depends_on", "branch_labels")
_READ = frozenset(IDS)


def _constants(node: ast.stmt) -> Iterator[tuple[str, object]]:
    """What `node`, a statement of a module, binds of _READ: pairs of name and value.

    Raises Computed where it binds one in a way that does not tell the value.
    """
    known = dict(_pairs(node))
    for name, value in known.items():
        try:
            yield name, ast.literal_eval(value) if value is not None else None
        except (ValueError, TypeError):
            raise _computed(node, name) from None
    for name in sorted(_bound(node) - known.keys()):
        raise _computed(node, name)


def _computed(node: ast.stmt, name: str) -> Computed:
    return Computed(f"line {node.lineno}: `{name}` is computed, not written out.")


def _pairs(node: ast.stmt) -> Iterator[tuple[str, ast.expr | None]]:
    """Each name of _READ that an assignment binds, with the expression that it is bound to."""
    if isinstance(node, ast.AnnAssign):
        yield from _matched(node.target, node.value)
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _matched(target, node.value)


def _matched(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    """The names in `target` beside their part of `value`: `a, b = 1, 2` has two."""
    if isinstance(target, ast.Name) and target.id in _READ:
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        starred = any(isinstance(each, ast.Starred) for each in (*target.elts, *value.elts))
        if len(target.elts) == len(value.elts) and not starred:
            for one, part in zip(target.elts, value.elts, strict=True):
                yield from _matched(one, part)


def _bound(node: ast.stmt) -> set[str]:
    """The names of _READ that `node` binds in the module itself, whatever the statement."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name} & _READ
    names = {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    imported = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
    return (names | {alias.asname or alias.name for alias in imported}) & _READ


def same_revision(one: bytes, other: bytes) -> bool:
    """Whether two revision files say the same to Python.

    Line ends, a byte order mark, comments, blanks, quotes and the order of brackets are left out;
    so are blanks at the ends of the docstring's lines, which editors take away.
    """
    if one == other:
        return True
    try:
        return _meaning(one) == _meaning(other)
    except (SyntaxError, RecursionError, MemoryError):
        return False


def same_steps(one: Revision, other: Revision) -> bool:
    """Whether two revisions do the same on the same ground, whatever they are called."""
    return one.down == other.down and _steps(one) == _steps(other)


def _steps(revision: Revision) -> list[str]:
    """What its functions do."""
    functions = (revision.functions(name) for name in ("upgrade", "downgrade"))
    return [ast.dump(function) for each in functions for function in each]


def _meaning(content: bytes) -> str:
    tree = _parsed(content)
    first = tree.body[0] if tree.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        lines = str(first.value.value).strip().splitlines()
        first.value = ast.Constant("\n".join(line.rstrip() for line in lines))
    return ast.dump(tree)


def _as_tuple(down: object, name: str) -> tuple[str, ...]:
    if down is None:
        return ()
    if isinstance(down, str):
        return (down,)
    if isinstance(down, tuple | list | set) and all(isinstance(each, str) for each in down):
        return tuple(down)
    raise ValueError(f"`{name}` must be a text, a tuple of texts or None.")


def _graph_problems(revisions: list[Revision]) -> Iterator[str]:
    by_id: dict[str, Revision] = {}
    for revision in revisions:
        if revision.id in by_id:
            first = by_id[revision.id].file
            yield f"{first} and {revision.file} both call themselves revision {revision.id}."
        by_id[revision.id] = revision
        if len(revision.id) > _LONGEST_ID:
            yield (
                f"{revision.file}: its id has {len(revision.id)} characters. Alembic keeps ids in "
                f"a VARCHAR({_LONGEST_ID}): SQLite takes more, and PostgreSQL fails. Shorten it."
            )
    for revision in revisions:
        for down in revision.down:
            if down not in by_id:
                yield (f"{revision.file} stands on revision {down}, and no file has that revision.")
    if revisions and all(down in by_id for r in revisions for down in r.down):
        ordered = {r.id for r in History(tuple(by_id.values()), ()).order()}
        circle = sorted(set(by_id) - ordered)
        if circle:
            yield f"Revisions {', '.join(circle)} stand on one another in a circle."
