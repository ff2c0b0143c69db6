"""`remodel notebook`: a copy of the learner's own, whose links lead where the notebook's lead."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Remodel

NAME = "05-history-and-versions.ipynb"


@pytest.fixture
def reader(remodel: Remodel) -> Remodel:
    """A learner in a course that has its notebooks."""
    shutil.copytree(ROOT / "notebooks", remodel.course / "notebooks")
    return remodel


def own(reader: Remodel) -> Path:
    """The learner's copy of the fifth."""
    return reader.course / "playground" / "notebooks" / NAME


def test_what_is_saved_changes_no_file_of_the_course_and_is_there_next_time(
    reader: Remodel,
) -> None:
    """All notebooks are laid out at once, since they link to each other."""
    done = reader("notebook", "5", "--lay-out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"  playground/notebooks/{NAME}\n")
    own(reader).write_text("{}", encoding="utf-8")
    assert reader("notebook", "--lay-out").returncode == 0
    assert own(reader).read_text(encoding="utf-8") == "{}"
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        assert own(reader).with_name(notebook.name).is_file()
        assert (reader.course / "notebooks" / notebook.name).read_bytes() == notebook.read_bytes()


def test_each_link_of_each_copy_leads_to_the_heading_that_it_names(reader: Remodel) -> None:
    """To a page of a lesson, or to another copy."""
    reader("notebook", "5", "--lay-out")
    links = []
    for copy in own(reader).parent.glob("*.ipynb"):
        found = re.findall(r"\[([^\]]+)\]\((?!https?:)([^)#]+)", told(copy))
        links += [(name, copy.parent / link) for name, link in found]
    assert len(links) >= 5
    assert [link for name, link in links if not told(link).startswith(f"# {name}\n")] == []


def told(file: Path) -> str:
    """A page, or the cells of text of a notebook."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".ipynb":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
    return "\n\n".join("".join(cell["source"]) for cell in cells)


def test_beginning_again_keeps_a_backup(reader: Remodel) -> None:
    """It needs the name of a lesson, and then the copy is fresh."""
    reader("notebook", "5", "--lay-out")
    fresh = own(reader).read_bytes()
    own(reader).write_text("mine", encoding="utf-8")
    assert reader("notebook", "--again", "--lay-out").returncode == 2
    done = reader("notebook", "5", "--again", "--lay-out")
    assert own(reader).read_bytes() == fresh
    (backup,) = (reader.course / "playground" / "backups").rglob(NAME)
    assert backup.read_text(encoding="utf-8") == "mine" and backup.parent.name in done.stdout
