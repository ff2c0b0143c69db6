"""What passed once is refused today: the page of quality says by which check, and it is so."""

import re

from remodel.course.catalog import find_course
from remodel.course.published import published_verdicts

CATALOG = find_course()
ROW = re.compile(r"\| `([a-z-]+)/([a-z0-9-]+)` \| `(test_\w+)` \|$", re.MULTILINE)


def test_each_specimen_is_refused_by_the_check_that_the_page_names() -> None:
    """A row for each kind of hole at least, and each answer is one that is shipped."""
    page = (CATALOG.layout.root / "docs" / "quality.md").read_text(encoding="utf-8")
    rows = ROW.findall(page)
    assert len(rows) >= 8
    for slug, name, check in rows:
        refused = published_verdicts(CATALOG.layout, slug)["wrong"][name]["refused_by"]
        assert refused == check, f"{slug}/{name}"
