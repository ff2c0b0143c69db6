"""Small faults, made mechanically in a solution: what a grader must tell from the right thing."""

import ast
import re
from collections.abc import Iterator

from remodel.authoring.mutants.python import brief, of_python


def mutants_of(file: str, text: str, given: str = "") -> list[tuple[str, str]]:
    """Every mutant of one file that a learner hands in, none twice and none the same as it.

    Returns what was done, in words, and the file's text then. What stands in `given`, the same
    file as the learner got it, is left alone.
    """
    if file.endswith(".py"):
        # The lines at the top of a revision say who it is: to spoil them is another exercise.
        made = of_python(text, given, whole="/versions/" not in file)
    else:
        made = _of_lines(file, text)
    seen, found, counts = {_normal(file, text)}, [], dict[str, int]()
    for name, mutated in made:
        if _normal(file, mutated) in seen:
            continue
        seen.add(_normal(file, mutated))
        counts[name] = counts.get(name, 0) + 1
        number = f" ({counts[name]})" if counts[name] > 1 else ""
        found.append((name + number, mutated))
    return found


def _normal(file: str, text: str) -> str:
    return ast.unparse(ast.parse(text)) if file.endswith(".py") else text


def _of_lines(file: str, text: str) -> Iterator[tuple[str, str]]:
    """The mutants of what is no Python: one line, or one statement or table, at a time."""
    parts, between = _parts(file, text)
    for n, part in enumerate(parts):
        if not part.strip():
            continue
        yield f"drop `{brief(part)}`", between.join(parts[:n] + parts[n + 1 :])
        if n + 1 < len(parts) and parts[n + 1].strip():
            swapped = [*parts[:n], parts[n + 1], part, *parts[n + 2 :]]
            yield f"swap `{brief(part)}` with the next", between.join(swapped)
        for pattern in (r"\sWHERE\s[^;]*", r"\sNOT NULL", r"\sDEFAULT\s+\S+", r"\sUNIQUE"):
            mutated = re.sub(pattern, " ", part, count=1, flags=re.IGNORECASE)
            if file.endswith(".sql") and mutated != part:
                changed = [*parts[:n], mutated, *parts[n + 1 :]]
                yield f"leave out {pattern} of `{brief(part)}`", between.join(changed)


def _parts(file: str, text: str) -> tuple[list[str], str]:
    if file.endswith(".sql"):
        return text.split(";"), ";"
    if file.endswith(".toml"):
        head, *tables = text.split("[[")
        return [head, *(f"[[{table}" for table in tables)], ""
    return text.splitlines(keepends=True), ""
