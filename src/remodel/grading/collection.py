"""Which checks there are of an answer, in which order, and whether their marks can be meant."""

import re

import pytest

from remodel.course.catalog import Catalog
from remodel.course.exercise import Exercise
from remodel.grading import standard
from remodel.grading.session import Unit
from remodel.grading.standard.collector import StandardCollector

GRADER = "test_exercise.py"


def checks_of(exercise: Exercise) -> set[str]:
    """The name of every check that there is of an answer: the standard ones, the grader's own."""
    grader = (exercise.path / GRADER).read_text(encoding="utf-8")
    own = re.findall(r"^def (test_\w+)", grader, re.MULTILINE)
    return {*standard.of_exercise(exercise), *own}


def unit_of(item: pytest.Item) -> Unit:
    """The answer that `item` checks."""
    unit: Unit = item.callspec.params["project"]  # type: ignore[attr-defined]
    return unit


def name_of(item: pytest.Item) -> str:
    """The check's name, without the answer that it is made of."""
    return getattr(item, "originalname", None) or item.name


def is_deep(item: pytest.Item) -> bool:
    """Whether `item` is made last, and only where nothing before it refused the answer."""
    return item.get_closest_marker("deep") is not None


def comes_first(item: pytest.Item) -> bool:
    """Whether `item` is one of those that come before the exercise's own checks."""
    return _rank(item)[0] == 0


def sort_for_learners(items: list[pytest.Item]) -> None:
    """By answer, and within it in the order in which a learner should hear of failures."""
    order: dict[int, int] = {}
    for item in items:
        order.setdefault(id(unit_of(item)), len(order))
    items.sort(key=lambda item: (order[id(unit_of(item))], _rank(item)))


def _rank(item: pytest.Item) -> tuple[int, int]:
    """Where a check comes among those of its exercise: some standard ones first, deep ones last."""
    deep = is_deep(item)
    if not isinstance(item.parent, StandardCollector):
        return (3 if deep else 1), -1
    name = name_of(item)
    first = standard.is_first(name, unit_of(item).exercise)
    return (3 if deep else 0 if first else 2), standard.ALL.index(name)


def refuse_unknown_names(catalog: Catalog, item: pytest.Item) -> None:
    """A misspelt base could never fail, and a misspelt misconception would never be named.

    Without the fixture `project`, a test would be of no answer.
    """
    if not hasattr(item, "callspec"):
        raise pytest.UsageError(f"{item.path}: {name_of(item)} does not take `project`.")
    known = catalog.misconceptions  # read now: where it is missing, no check is begun
    for marker in item.iter_markers():
        for name in marker.args:
            if marker.name == "needs":
                exists, what = name in standard.ALL or hasattr(_module(item), name), "check"
            elif marker.name == "misconception":
                exists, what = name in known, "id in misconceptions.toml"
            else:
                break
            if not exists:
                raise pytest.UsageError(
                    f"{item.path}: {name_of(item)} is marked {marker.name}({name!r}): "
                    f"there is no such {what}."
                )


def _module(item: pytest.Item) -> object:
    module = item.getparent(pytest.Module)
    return module.obj if module else None
