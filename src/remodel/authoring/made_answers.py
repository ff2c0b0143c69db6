"""Answers that a program makes of a solution: laid out in folders, and graded many at a time."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from remodel.authoring.verdict_cache import VerdictCache
from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading.answer import solution
from remodel.grading.answer_toml import ANSWER_TOML
from remodel.grading.results import Verdict
from remodel.grading.session import FIRST_REFUSAL, Unit
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import Runner, opened
from remodel.scratch import lay_out

Named = Iterable[tuple[str, Mapping[str, bytes]]]
#: How many answers one pytest run grades: each has a score of tests.
BATCH = 25


def handed_in(exercise: Exercise) -> dict[str, bytes]:
    """The files of the solution that its learner has written or changed."""
    return {
        file: content
        for file, content in sorted(solution(exercise).files.items())
        if exercise.accepts(file) and exercise.given.get(file) != content
    }


@contextmanager
def graded(
    catalog: Catalog,
    exercise: Exercise,
    named: Named,
    *,
    seed: int = 1,
    fresh: bool = False,
    limit: float = 10.0,
    runner: str | Runner = "auto",
) -> Iterator[tuple[dict[str, Verdict], Callable[[Iterable[str]], None]]]:
    """The verdict on each of the `named` answers, and a function that remembers those of a name.

    No check is made of an answer after the first that refuses it.
    """
    with (
        tempfile.TemporaryDirectory(prefix="remodel-made-") as folder,
        opened(runner) as warm,
        closing(Workspace(warm, limit)) as workspace,
    ):
        units = {
            name: Unit(exercise, _laid_out(exercise, files, Path(folder) / str(number)), seed)
            for number, (name, files) in enumerate(named)
        }
        cache = VerdictCache(catalog, workspace, FIRST_REFUSAL, fresh)
        waiting, given = list(units.values()), list[Verdict]()
        while waiting:
            given += cache.verdicts(waiting[:BATCH])
            del waiting[:BATCH]
        verdicts = dict(zip(units, given, strict=True))

        def keep(names: Iterable[str]) -> None:
            for name in names:
                cache.keep([units[name]], [verdicts[name]])

        yield verdicts, keep


def _laid_out(exercise: Exercise, files: Mapping[str, bytes], place: Path) -> str:
    """Lay out an answer; what it does without, as the solution may, is deleted from the starter."""
    lay_out(files, place)
    untouched = solution(exercise).files.keys() - handed_in(exercise).keys()
    gone = [file for file in exercise.given if file not in files and file not in untouched]
    if gone:
        (place / ANSWER_TOML).write_text(f"deletes = {json.dumps(gone)}\n", encoding="utf-8")
    return str(place)
