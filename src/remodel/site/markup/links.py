"""Links that lead to one place on GitHub and to another on the site."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

INTO_DOCS = re.compile(r"^((?:\.\./)*)docs/")
#: Files that have a loud name at the top of the course, and a quiet one on the site.
SHOUTED = re.compile(r"^((?:\.\./)*)(CHANGELOG|CONTRIBUTING)\.md")
ISSUE_FORM = re.compile(r"^(?:\.\./)*\.github/ISSUE_TEMPLATE/(\w+\.yml)$")


class Links(Treeprocessor):  # type: ignore[misc]
    """Takes `docs/` out of relative addresses: `../../docs/myths.md` becomes `../../myths.md`.

    A link to a form for reports leads to where it is filled in, if the site knows the repository.
    """

    def __init__(self, md: Markdown, repository: str = "") -> None:
        super().__init__(md)
        self._repository = repository.removesuffix("/")

    def run(self, root: Element) -> None:
        """Change every link and image of the page in place."""
        for element in root.iter():
            for key in ("href", "src"):
                if address := element.get(key):
                    address = INTO_DOCS.sub(r"\1", address, count=1)
                    element.set(key, SHOUTED.sub(lambda m: m[1] + m[2].lower() + ".md", address))
            self._lead_to_form(element)

    def _lead_to_form(self, element: Element) -> None:
        form = ISSUE_FORM.match(element.get("href", ""))
        if form and self._repository:
            element.set("href", f"{self._repository}/issues/new?template={form[1]}")
        elif form:
            element.tag = "span"
            element.attrib.clear()
