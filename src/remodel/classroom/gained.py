"""What a class gained between the two times of the inventory, for class.html."""

from collections.abc import Sequence
from pathlib import Path

from remodel.classroom.page import text
from remodel.course.catalog import Catalog
from remodel.course.inventory import IdeaGain, gains, read_inventory
from remodel.errors import RemodelError
from remodel.playground.shared_record import read_record


def read_gains(folder: Path, catalog: Catalog) -> list[IdeaGain]:
    """The gain of each idea in the records that lie in `folder`; raises RemodelError for others."""
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not files:
        raise RemodelError(
            f"{folder} holds no record. Each learner writes one: remodel progress --export FILE"
        )
    records = [read_record(file.read_bytes(), str(file)).inventory for file in files]
    return gains(read_inventory(catalog.layout), records)


def gains_table(found: Sequence[IdeaGain]) -> str:
    """A part of the page; "" where nobody was asked both times."""
    if not found or not found[0].learners:
        return ""
    lines = "".join(
        f'<tr><th scope="row">{text(each.title)}</th><td class="number">{each.before}</td>'
        f'<td class="number">{each.after}</td><td class="number">{_gain(each)}</td></tr>'
        for each in found
    )
    heads = "".join(f'<th scope="col" class="number">{w}</th>' for w in ("Before", "After", "Gain"))
    return (
        f"<h2>What was gained</h2><p>{found[0].learners} learners answered the inventory before "
        "and after. The gain is the part of those who did not know an idea before and know it "
        "now.</p>"
        '<div class="scroll" role="region" aria-label="What was gained" tabindex="0">'
        f'<table><thead><tr><th scope="col">Idea</th>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def _gain(each: IdeaGain) -> str:
    return "all knew it" if each.gain is None else f"{each.gain:.2f}"
