"""The gradebook for other programs: Gradescope, Classroom 50, and whatever reads JUnit's XML."""

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from remodel.classroom.book import Cell, Gradebook, Row
from remodel.classroom.results_store import GradedCheck
from remodel.course.catalog import Catalog
from remodel.wrapping import harmless

#: What Classroom 50 calls the form of its result.json.
CLASSROOM50 = "classroom50/result/v1"
_STATUS = {"pass": "passed", "fail": "failed"}


def _plain(points: float) -> float | int:
    return int(points) if points == int(points) else round(points, 2)


def gradescope(row: Row, catalog: Catalog) -> dict[str, Any]:
    """results.json for one submission: every check, its words, and the score after the late rule.

    The score stands at the top, since it is more than the sum of its checks: see the README.
    """
    tests = [test for cell in row.cells.values() for test in _gradescope_tests(cell, catalog)]
    seconds = sum(cell.result.seconds for cell in row.cells.values() if cell.result)
    return {
        "score": _plain(row.total),
        "execution_time": round(seconds, 1),
        "output": "\n".join(row.notes),
        "output_format": "text",
        "tests": tests,
    }


def _gradescope_tests(cell: Cell, catalog: Catalog) -> list[dict[str, Any]]:
    if cell.result is None or cell.status not in _STATUS:
        reason = cell.reason or "Not handed in."
        test = {"name": cell.slug, "score": 0, "max_score": _plain(cell.worth), "output": reason}
        return [{**test, "status": "failed", "visibility": "visible"}]
    share = cell.worth / cell.result.max_points if cell.result.max_points else 0.0
    return [
        {
            "name": f"{cell.slug}: {check.title}",
            "score": _plain(check.points * share if check.status == "pass" else 0.0),
            "max_score": _plain(check.points * share),
            "status": "passed" if check.status == "pass" else "failed",
            "output": _words(check),
            "output_format": "text",
            "visibility": "hidden" if check.hidden else "visible",
            "extra_data": _about(check, cell.slug, catalog),
        }
        for check in cell.result.tests
    ]


def _words(check: GradedCheck) -> str:
    where = f"At {check.where}: {check.source or ''}" if check.where else ""
    return "\n".join(part for part in (check.message, where, check.hint or "") if part)


def _about(check: GradedCheck | None, slug: str, catalog: Catalog) -> dict[str, Any]:
    return {
        "misconception": check.misconception if check else None,
        "hint": check.hint if check else None,
        "lesson": catalog.exercises[slug].lesson,
    }


def classroom50(
    book: Gradebook, row: Row, catalog: Catalog, links: dict[str, str] | None = None
) -> dict[str, Any]:
    """result.json for one submission: a test for each exercise, with more fields of our own."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    place = row.place or row.person.id
    named = dict.fromkeys(("submission", "commit", "release", "review"), place)
    tests = []
    for cell in row.cells.values():
        failed = cell.result.failures if cell.result else []
        first = next((check for check in failed if not check.hidden), None)
        tests.append(
            {
                "test-name": cell.slug,
                "passed": cell.status == "pass",
                "score": _plain(cell.points),
                "max-score": _plain(cell.worth),
                "status": cell.status,
                "message": first.message if first else cell.reason,
                **_about(first, cell.slug, catalog),
            }
        )
    return {
        "schema": CLASSROOM50,
        "classroom": "remodel",
        "assignment": book.title or "remodel",
        **named,
        **(links or {}),
        "datetime": now,
        "score": _plain(sum(cell.points for cell in row.cells.values())),
        "max-score": _plain(book.most),
        "tests": tests,
    }


#: What XML cannot hold, however it is written.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(words: str) -> str:
    return _NO_XML.sub("�", harmless(words))


def junit(book: Gradebook) -> bytes:
    """A suite for each learner, a case for each exercise."""
    root = ElementTree.Element("testsuites", name=_xml(book.title or "remodel"))
    for row in book.rows:
        cells = row.cells.values()
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_xml(row.person.id),
            tests=str(len(book.slugs)),
            failures=str(sum(cell.status == "fail" for cell in cells)),
            errors=str(sum(cell.status == "error" for cell in cells)),
            skipped=str(sum(cell.status == "not handed in" for cell in cells)),
        )
        for cell in cells:
            _case(suite, row, cell)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _case(suite: ElementTree.Element, row: Row, cell: Cell) -> None:
    seconds = cell.result.seconds if cell.result else 0.0
    case = ElementTree.SubElement(
        suite, "testcase", classname=_xml(row.person.id), name=cell.slug, time=f"{seconds:.3f}"
    )
    if cell.status == "fail" and cell.result:
        first = cell.result.failures[0]
        failure = ElementTree.SubElement(case, "failure", message=_xml(first.title))
        failure.text = _xml(_words(first))
    elif cell.status == "error":
        ElementTree.SubElement(case, "error", message=_xml(cell.reason))
    elif cell.status != "pass":
        ElementTree.SubElement(case, "skipped", message=_xml(cell.reason or cell.status))
