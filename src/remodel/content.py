"""The rules that an exercise's content must keep, as code: a grader is judged by its mistakes."""

import multiprocessing
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from remodel import standard
from remodel.answer import from_folder
from remodel.catalog import Catalog
from remodel.errors import CourseError
from remodel.exercise import Exercise
from remodel.grading import Grading, Unit
from remodel.results import Verdict
from remodel.session import grade
from remodel.toml_table import read_toml

HEADINGS = ("Goal", "Why it matters", "Steps", "Done when", "Minutes", "Out of scope")


@dataclass
class Report:
    """What was found wrong with one exercise, and how much was graded to find it."""

    exercise: str
    graded: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def shipped_answers(exercise: Exercise) -> list[str]:
    """The names of every answer that the course ships for `exercise`."""
    kinds = ("wrong", "right")
    named = [
        f"{kind}/{folder.name}"
        for kind in kinds
        for folder in sorted((exercise.answers_path / kind).glob("*"))
        if folder.is_dir()
    ]
    return ["starter", "solution", *named]


def check_exercises(
    catalog: Catalog, exercises: Iterable[Exercise], seeds: Sequence[int], jobs: int
) -> Iterator[Report]:
    """The reports on `exercises`, `jobs` at a time in processes of their own, as they end."""
    # What starts programs of its own takes longest, so it begins first.
    slugs = [e.slug for e in sorted(exercises, key=lambda e: e.hands_in != "script")]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, len(slugs)), mp_context=context) as pool:
        futures = [pool.submit(_check_named, str(catalog.root), slug, seeds) for slug in slugs]
        for future in as_completed(futures):
            yield future.result()


def _check_named(root: str, slug: str, seeds: Sequence[int]) -> Report:
    catalog = Catalog(Path(root))
    return check_exercise(catalog, catalog.exercise(slug), seeds)


def check_exercise(
    catalog: Catalog, exercise: Exercise, seeds: Iterable[int], runner: str = "auto"
) -> Report:
    """Grade every answer with every seed, with all checks run, and hold the rules."""
    report = Report(exercise.slug, problems=list(content_problems(exercise)))
    began = time.perf_counter()
    grading = Grading.of(catalog, [], [], runner)
    grading.skip_dependants = False
    names = shipped_answers(exercise)
    grading.units[exercise.slug] = [Unit(exercise, n, seed) for n in names for seed in seeds]
    try:
        report.verdicts = grade(grading, [exercise])
    finally:
        grading.close()
    report.graded, report.seconds = len(report.verdicts), time.perf_counter() - began
    for verdict in report.verdicts:
        report.problems += _verdict_problems(exercise, verdict)
    report.problems += _unneeded_checks(exercise, report.verdicts)
    return report


# -- what was graded ----------------------------------------------------------------------------


def _verdict_problems(exercise: Exercise, verdict: Verdict) -> Iterator[str]:
    place = f"{verdict.answer} (seed {verdict.seed})"
    if verdict.status == "error":
        broken = next((c for c in verdict.checks if c.status == "error"), None)
        told = " ".join(broken.message) if broken else verdict.ungraded or "no check ran"
        yield f"{place} could not be graded: {told[:600]}"
    elif verdict.answer == "starter":
        yield from _starter_problems(place, verdict)
    elif verdict.answer.startswith("wrong/"):
        yield from _wrong_problems(exercise, place, verdict)
    elif verdict.status != "pass":
        first = verdict.failures[0]
        yield f"{place} is refused by {first.name}: {' '.join(first.message)[:300]}"


def _starter_problems(place: str, verdict: Verdict) -> Iterator[str]:
    for check in verdict.checks:
        if check.status == "pass" and not check.guard:
            yield f"{place} passes {check.name}: mend it, or mark it guard"


def _wrong_problems(exercise: Exercise, place: str, verdict: Verdict) -> Iterator[str]:
    told = _about(exercise, verdict.answer)
    if verdict.status == "pass":
        yield f"{place} is ACCEPTED"
        return
    first = verdict.failures[0]
    if first.name != told.get("test"):
        yield f"{place} is first refused by {first.name}, not by {told.get('test')}"
    elif first.misconception != told.get("misconception"):
        yield f"{place}: {first.name} names {first.misconception}, not {told.get('misconception')}"


def _unneeded_checks(exercise: Exercise, verdicts: list[Verdict]) -> Iterator[str]:
    """An own check that is never the first to refuse a wrong answer has nothing to say.

    (Not "the only one": values that an upgrade lost are missing after the downgrade too.)
    """
    first = {v.failures[0].name for v in verdicts if v.failures and v.answer.startswith("wrong/")}
    own = {c.name for v in verdicts for c in v.checks} - set(standard.ALL)
    for name in sorted(own - first):
        yield f"{name} is never the first check to refuse a wrong answer"


# -- what lies in the folders -------------------------------------------------------------------


def content_problems(exercise: Exercise) -> Iterator[str]:
    """Missing or empty parts, files where none may be, answers that do not say what they are."""
    if len(exercise.hints) < 2 or not all(hint.strip() for hint in exercise.hints):
        yield "exercise.toml needs hints in two or more steps"
    if not 5 <= exercise.minutes <= 25:
        yield f"{exercise.minutes} minutes is not between 5 and 25"
    yield from _readme_problems(exercise.path / "README.md")
    if not (exercise.solution_path / "README.md").is_file():
        yield "the solution has no README.md that says why it is right"
    unknown = (*exercise.without, *exercise.guards)
    for name in unknown:
        if name not in standard.ALL:
            yield f"exercise.toml names {name}, which is no standard check"
    yield from _answer_problems(exercise)
    yield from _stray_files(exercise, exercise.solution_path)


def _readme_problems(file: Path) -> Iterator[str]:
    if not file.is_file():
        yield "README.md is missing"
        return
    lines = file.read_text(encoding="utf-8").splitlines()
    for heading in HEADINGS:
        if f"## {heading}" not in lines:
            yield f"README.md has no heading '## {heading}'"


def _answer_problems(exercise: Exercise) -> Iterator[str]:
    names = shipped_answers(exercise)
    if sum(n.startswith("wrong/") for n in names) < 6:
        yield "there are fewer than six wrong answers"
    if sum(n.startswith("right/") for n in names) < 2 and exercise.hands_in != "findings":
        yield "there are fewer than two other right answers"
    for name in names[2:]:
        folder = exercise.answers_path / name
        try:
            about = _about(exercise, name)
            from_folder(exercise, folder, name)
        except CourseError as error:
            yield str(error)
            continue
        wanted = ("what", "test", "misconception") if name.startswith("wrong/") else ("what",)
        for key in wanted:
            if not about.get(key):
                yield f"{name}/answer.toml does not say `{key}`"
        yield from _stray_files(exercise, folder)


def _stray_files(exercise: Exercise, folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        known = name in ("README.md", "answer.toml") or "__pycache__" in path.parts
        if path.is_file() and not known and not exercise.is_edited(name):
            yield f"{path.relative_to(exercise.path.parents[2])} is not among the edits"


def _about(exercise: Exercise, name: str) -> dict[str, str]:
    return read_toml(exercise.answers_path / name / "answer.toml")
