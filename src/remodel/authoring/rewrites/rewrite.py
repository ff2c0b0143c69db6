"""What a rewrite is: a function from the files of a solution to other files of the same meaning."""

import ast
import fnmatch
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from remodel.course.exercise import Exercise
from remodel.history import VERSIONS, History, Revision, read_history

Files = dict[str, bytes]


@dataclass(frozen=True)
class Solved:
    """A solution as a learner would hand it in: the exercise, and each file with its content."""

    exercise: Exercise
    files: Mapping[str, bytes]

    @cached_property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions among the files, from base to head."""
        own = {revision.id for revision in read_history(self.files).revisions}
        return tuple(revision for revision in self.history.order() if revision.id in own)

    @cached_property
    def history(self) -> History:
        """The revisions that the exercise gives, and those among the files in their place."""
        return read_history({**self.exercise.given, **self.files})

    @cached_property
    def fixed_ids(self) -> frozenset[str]:
        """Revision ids that the story knows already, and that nobody may choose."""
        given = read_history(self.exercise.given).ids
        return given | {each.revision for each in self.exercise.deployments}

    def matching(self, *patterns: str) -> list[str]:
        """The files whose name fits one of `patterns`."""
        return [f for f in self.files if any(fnmatch.fnmatch(f, each) for each in patterns)]

    def changed(self, change: Callable[[str], str | None], *patterns: str) -> Files | None:
        """All files, those that fit `patterns` as `change` makes them; None if it changes none."""
        made = dict(self.files)
        for file in self.matching(*patterns):
            text = self.files[file].decode("utf-8")
            made[file] = (change(text) or text).encode()
        return made if made != self.files else None

    def changed_trees(self, change: Callable[[ast.Module], object], *patterns: str) -> Files | None:
        """All files, the syntax trees of those that fit `patterns` as `change` leaves them.

        None where it changes none. What is changed has no comments any more.
        """

        def printed(text: str) -> str | None:
            tree = ast.parse(text)
            before = ast.dump(tree)
            change(tree)
            if ast.dump(tree) == before:
                return None
            _import_sqlalchemy(tree)
            return ast.unparse(ast.fix_missing_locations(tree)) + "\n"

        return self.changed(printed, *patterns)


def _import_sqlalchemy(tree: ast.Module) -> None:
    """Have `sa` where a change says it, in a revision that did without."""
    uses_sa = any(isinstance(node, ast.Name) and node.id == "sa" for node in ast.walk(tree))
    imported = any(isinstance(each, ast.alias) and each.asname == "sa" for each in ast.walk(tree))
    if uses_sa and not imported:
        place = 1 if ast.get_docstring(tree) is not None else 0
        tree.body.insert(place, ast.Import([ast.alias("sqlalchemy", "sa")]))


PYTHON = "*.py"
REVISIONS = f"{VERSIONS}*.py"


@dataclass(frozen=True)
class Rewrite:
    """One rewrite: its name, who writes so, and what makes the files, or None where it cannot."""

    name: str
    who: str
    make: Callable[[Solved], Files | None]


def rewrite(who: str) -> Callable[[Callable[[Solved], Files | None]], Rewrite]:
    """Make a rewrite of a function; `who` is the sentence that says who writes so."""

    def made(function: Callable[[Solved], Files | None]) -> Rewrite:
        return Rewrite(function.__name__.replace("_", "-"), who, function)

    return made
