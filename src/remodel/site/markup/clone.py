"""Where to get the course: on GitHub the reader is there already, on the site one has to say it."""

from collections.abc import Iterator

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]

from remodel.course.fences import outside_fences
from remodel.errors import CourseError

BEGIN, END = "<!-- clone -->", "<!-- /clone -->"
#: What a site says that does not know where the course can be had.
COPY = ("In your copy of the course:",)


class Clone(Preprocessor):  # type: ignore[misc]
    """Puts the address into the page, in the place of what lies between the two comments."""

    def __init__(self, md: Markdown, repository: str) -> None:
        super().__init__(md)
        self._lines = _from(repository) if repository else COPY

    def run(self, lines: list[str]) -> list[str]:
        """The same lines, with the address; raises CourseError where a region does not end."""
        return list(self._with_address(lines))

    def _with_address(self, lines: list[str]) -> Iterator[str]:
        inside = False
        for line, prose in outside_fences(lines):
            if prose and line.strip() == BEGIN:
                inside = True
                yield from ("", *self._lines, "")
            elif line.strip() == END:
                inside = False
            elif not inside:
                yield line
        if inside:
            raise CourseError(f"{BEGIN} has no {END}. Write it.")


def _from(repository: str) -> tuple[str, ...]:
    address = repository.removesuffix("/")
    return (
        f"Get the course from [its repository]({address}), "
        f"[as a ZIP]({address}/archive/HEAD.zip) or as a clone:",
        "",
        "```console",
        f"$ git clone {address} remodel",
        "$ cd remodel",
        "```",
        "",
        "Then:",
    )
