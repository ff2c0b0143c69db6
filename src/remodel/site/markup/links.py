"""Links into docs/: on GitHub a README has to name that folder, on the site there is none."""

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

INTO_DOCS = re.compile(r"^((?:\.\./)*)docs/")


class Links(Treeprocessor):  # type: ignore[misc]
    """Takes `docs/` out of relative addresses: `../../docs/myths.md` becomes `../../myths.md`."""

    def run(self, root: Element) -> None:
        """Change every link and image of the page in place."""
        for element in root.iter():
            for key in ("href", "src"):
                if address := element.get(key):
                    element.set(key, INTO_DOCS.sub(r"\1", address, count=1))
