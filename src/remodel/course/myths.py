"""The myths: beliefs about migrations, each with a question and an experiment that settles it."""

from collections.abc import Iterator

from remodel.course.catalog import Catalog
from remodel.course.quiz import Myth, Question, on_page, read_quiz
from remodel.errors import CourseError


def read_myths(catalog: Catalog) -> list[tuple[Question, Myth]]:
    """The questions in the order of their numbers, each as a myth; raises CourseError."""
    myths = []
    for question in read_quiz(catalog.layout.myths):
        if question.myth is None:
            raise CourseError(
                f"{catalog.layout.myths}: {question.id} has no belief. Write the keys of a myth."
            )
        myths.append((question, question.myth))
    return myths


def sections(catalog: Catalog) -> Iterator[str]:
    """The myths for docs/myths.md, each under an anchor that never changes: myth-4."""
    for number, (question, myth) in enumerate(read_myths(catalog), 1):
        yield from ("", f'<a id="myth-{number}"></a>', "")
        yield from (f"## {number}. {myth.belief.removesuffix('.')}", "")
        yield from on_page(question, catalog.layout.myths, catalog.root)
        yield from ("", '<details markdown="1">')
        yield from ("<summary>Reality, and why it matters</summary>", "", myth.reality, "")
        yield from (f"**Why it matters.** {myth.matters}", "")
        run = f"Watch it in your terminal: `remodel myth {number}`."
        yield from (f"{run} Read on: [{_place(myth.source)}]({myth.source}).", "")
        yield from ("</details>", "")


def _place(url: str) -> str:
    """What a link to `url` says: the project and the number of an issue, or the host."""
    host, _, path = url.removeprefix("https://").partition("/")
    parts = path.split("/")
    return f"{parts[1]} #{parts[3]}" if host == "github.com" else host
