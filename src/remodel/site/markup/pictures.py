"""Pictures of the app: the page keeps their room, and fetches one when it is nearly in sight."""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

from remodel.course.layout import Layout
from remodel.errors import CourseError
from remodel.site.pictures import read_pictures

PICTURE = re.compile(r"(?:.*/)?pictures/([\w-]+)\.webp")


class Pictures(Treeprocessor):  # type: ignore[misc]
    """Gives each picture its size and its frame."""

    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self._layout = Layout(root)

    def run(self, root: Element) -> None:
        """Change the pictures of the page in place; raises CourseError where one is not known."""
        for element in root.iter("img"):
            if picture := PICTURE.fullmatch(element.get("src", "")):
                known = read_pictures(self._layout)
                if picture[1] not in known:
                    raise CourseError(f"No picture is called {picture[1]}: `remodel dev pictures`.")
                size = known[picture[1]]
                about = {"width": size.width, "height": size.height, "loading": "lazy"}
                about |= {"decoding": "async", "class": "picture"}
                for key, value in about.items():
                    element.set(key, str(value))
