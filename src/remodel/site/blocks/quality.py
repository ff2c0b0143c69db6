"""Blocks of cog about how good the graders are: their verdicts, and what they do without."""

import inspect
from collections import Counter
from collections.abc import Iterator

from remodel.course.catalog import Catalog
from remodel.course.published import published_verdicts
from remodel.database.value_changes import CATALOGUE, ENGINES, KINDS, ValueChange
from remodel.grading import standard


def verdicts_table(catalog: Catalog) -> Iterator[str]:
    """A row for each exercise: what its grader refused and accepted, from docs/verdicts."""
    rows = [(slug, *_counts(catalog, slug)) for slug in catalog.exercises]
    sums = [sum(each or 0 for each in column) for column in list(zip(*rows, strict=True))[1:]]
    yield (
        "| Exercise | Wrong answers refused | Other right answers accepted "
        "| Rewrites accepted | Mutants refused | Mutants that are no fault |"
    )
    yield "|---|--:|--:|--:|--:|--:|"
    for slug, *counts in rows:
        page = f"mistakes/{catalog.exercises[slug].lesson}.md#{slug}"
        cells = ("–" if each is None else str(each) for each in counts)
        yield f"| [`{slug}`]({page}) | {' | '.join(cells)} |"
    yield f"| **Together** | {' | '.join(f'**{each}**' for each in sums)} |"


def _counts(catalog: Catalog, slug: str) -> tuple[int, int, int | None, int | None, int | None]:
    verdicts = published_verdicts(catalog.layout, slug)
    # Only `dev attack --write` and `dev rewrite --write` publish these.
    mutants = verdicts.get("mutants", {})
    refused = mutants.get("refused")
    equivalent = len(mutants["equivalent"]) if mutants else None
    rewrites = len(verdicts["rewrites"]) if "rewrites" in verdicts else None
    return len(verdicts["wrong"]), len(verdicts["right"]), rewrites, refused, equivalent


def spoilers_table(catalog: Catalog) -> Iterator[str]:
    """A row for each exercise with revisions: what its grader refused of both catalogues."""
    yield "| Exercise | Refused of A | Refused of B | Alters nothing | Not refused |"
    yield "|---|--:|--:|--:|---|"
    sums = Counter[str]()
    for slug in catalog.exercises:
        spoilers = published_verdicts(catalog.layout, slug).get("spoilers")
        if not spoilers:  # only `dev spoil --write` publishes them
            continue
        for each in "AB":
            sums.update({f"{each} {key}": count for key, count in spoilers[each].items()})
        rates = " | ".join(f"{spoilers[x]['refused']} of {spoilers[x]['of']}" for x in "AB")
        yield (
            f"| `{slug}` | {rates} | {len(spoilers['equivalent'])} "
            f"| {'; '.join(spoilers['survived'])} |"
        )
    both = " | ".join(f"**{sums[f'{x} refused']} of {sums[f'{x} of']}**" for x in "AB")
    yield f"| **Together** | {both} |  |  |"


def rewrites_table(catalog: Catalog) -> Iterator[str]:
    """A row for each rewrite: its name, who writes so, and how many solutions were written so."""
    yield "| Rewrite | Who writes so | Solutions |"
    yield "|---|---|--:|"
    who, counts = dict[str, str](), Counter[str]()
    for slug in catalog.exercises:
        accepted = published_verdicts(catalog.layout, slug).get("rewrites", {})
        who |= accepted
        counts.update(list(accepted))
    for name, sentence in sorted(who.items()):
        yield f"| {name.replace('-', ' ')} | {sentence} | {counts[name]} |"
    yield f"| **{len(who)} of them** |  | **{counts.total()}** |"


def standard_checks_table(catalog: Catalog) -> Iterator[str]:
    """A row for each standard check: what must be true, and how many exercises make it or not.

    An exercise where there is nothing to check (no revision, or no copy with rows) counts for
    neither.
    """
    yield "| What must be true | Exercises that check it | Exercises that do without |"
    yield "|---|--:|--:|"
    sum_made = sum_without = 0
    for check in standard.CHECKS:
        made = [e for e in catalog.exercises.values() if check.__name__ in standard.of_exercise(e)]
        without = [e for e in catalog.exercises.values() if check.__name__ in e.standard.without]
        sum_made, sum_without = sum_made + len(made), sum_without + len(without)
        sentence = (inspect.getdoc(check) or "").splitlines()[0]
        yield f"| {sentence} | {len(made)} | {len(without)} |"
    yield f"| **Together** | **{sum_made}** | **{sum_without}** |"


def opt_outs(catalog: Catalog) -> Iterator[str]:
    """A row for each standard check that an exercise does without: which, and why."""
    sentences = {c.__name__: (inspect.getdoc(c) or "").splitlines()[0] for c in standard.CHECKS}
    yield "| Exercise | Does without | Why |"
    yield "|---|---|---|"
    for exercise in catalog.exercises.values():
        for name, reason in exercise.standard.without.items():
            yield f"| `{exercise.slug}` | {sentences[name]} | {reason.rstrip('.')}. |"


def unseen_table(catalog: Catalog) -> Iterator[str]:
    """A row for each column whose rows need not show every change of a value: which, and why."""
    yield "| Exercise | Column | Why |"
    yield "|---|---|---|"
    count = 0
    for exercise in catalog.exercises.values():
        for column, reason in exercise.standard.unseen.items():
            count += 1
            name = "all of them" if column == "*" else f"`{column}`"
            yield f"| `{exercise.slug}` | {name} | {reason.rstrip('.')}. |"
    yield f"| **{count} of them** |  |  |"


def value_changes_table() -> Iterator[str]:
    """A row for each change of a value: the code that does it, and the columns where it shows."""
    yield "| Change | Code that does it | Kinds of value | Engines | Where it shows |"
    yield "|---|---|---|---|---|"
    for change in CATALOGUE:
        kinds = "all" if change.kinds == KINDS else ", ".join(change.kinds)
        engines = "all" if change.engines == ENGINES else ", ".join(change.engines)
        yield f"| {change.name} | `{change.code}` | {kinds} | {engines} | {_reach(change)} |"
    yield f"| **{len(CATALOGUE)} of them** |  |  |  |  |"


def _reach(change: ValueChange) -> str:
    """Which columns of its kinds can hold an example."""
    if None in change.examples:
        return "where NULL may be"
    least = min(len(each) for each in change.examples if each is not None) if _long(change) else 0
    return f"where {least} characters fit" if least > 1 else "everywhere"


def _long(change: ValueChange) -> bool:
    return change.kinds == ("text",)
