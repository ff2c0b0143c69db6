"""A Markdown extension: what GitHub shows in one way and the site in another.

The READMEs are read in both places. GitHub keeps little HTML; the site can have forms, drawings
and short addresses. Each module here turns one thing of the first kind into the second.
"""

from pathlib import Path

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]

from remodel.site.markup.breaks import Breaks
from remodel.site.markup.cautions import Cautions
from remodel.site.markup.clone import Clone
from remodel.site.markup.figures import Figures
from remodel.site.markup.links import Links
from remodel.site.markup.markers import Markers
from remodel.site.markup.pictures import Pictures
from remodel.site.markup.prompts import Prompts
from remodel.site.markup.regions import Regions
from remodel.site.markup.tokens import Tokens
from remodel.site.markup.waiting import Waiting


class SiteMarkup(Extension):  # type: ignore[misc]
    """Registers everything after snippets have been included and before fences are taken out."""

    def __init__(self, **options: object) -> None:
        self.config = {
            "root": [".", "The course's folder, seen from where the site is built."],
            "repository": ["", "The address at which the course can be had."],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Hand the processors to `md`."""
        root = Path(self.getConfig("root"))
        repository = self.getConfig("repository") or ""
        # Snippets come at 32, the cleaning of white space at 30, fences at 25.
        md.preprocessors.register(Markers(md, root), "remodel-markers", 29.5)
        md.preprocessors.register(Regions(md, root), "remodel-regions", 29)
        md.preprocessors.register(Cautions(md), "remodel-cautions", 28.9)
        md.preprocessors.register(Clone(md, repository), "remodel-clone", 28.8)
        md.preprocessors.register(Figures(md, root), "remodel-figures", 28.5)
        md.treeprocessors.register(Pictures(md, root), "remodel-pictures", 5)
        # MkDocs resolves links at 0.
        md.treeprocessors.register(Links(md, repository), "remodel-links", 4)
        # After what was stashed, such as code, is back: that happens at 30.
        md.postprocessors.register(Prompts(md), "remodel-prompts", 25)
        md.postprocessors.register(Tokens(md), "remodel-tokens", 24)
        md.postprocessors.register(Breaks(md), "remodel-breaks", 23)
        md.postprocessors.register(Waiting(md), "remodel-waiting", 22)


def makeExtension(**options: object) -> SiteMarkup:
    """What Python-Markdown looks for in a module."""
    return SiteMarkup(**options)
