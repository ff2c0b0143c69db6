"""`remodel class gains`: what a class gained between the two times of the inventory."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from remodel.cli.shell import wrapped
from remodel.course.catalog import find_course
from remodel.course.families import Families
from remodel.course.inventory import IdeaGain, read_inventory
from remodel.course.inventory import gains as gains_of
from remodel.playground.shared_record import read_record


@click.command()
@click.argument(
    "records", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="As data, for a report.")
def gains(records: tuple[Path, ...], as_json: bool) -> None:
    """Say what a class gained, idea by idea.

    Each of RECORDS is what a learner wrote with `remodel progress --export FILE`, after
    `remodel quiz --inventory before` and `after`.
    """
    catalog = find_course()
    read = [read_record(file.read_bytes(), str(file)).inventory for file in records]
    found = gains_of(read_inventory(catalog.layout), read)
    if as_json:
        data = [{**msgspec.to_builtins(each), "gain": each.gain} for each in found]
        click.echo(json.dumps(data, indent=1))
        return
    click.echo("\n".join(_lines(found, len(records), Families(catalog))))


def _lines(found: Sequence[IdeaGain], records: int, families: Families) -> Iterator[str]:
    width = max(len(each.title) for each in found)
    yield f"{found[0].learners} of {records} learners were asked before and after."
    yield from ("", f"{'':<{width}}  before  after   gain")
    for each in found:
        gain = "" if each.gain is None else f"{each.gain:.2f}"
        yield f"{each.title:<{width}}  {each.before:>6}  {each.after:>5}  {gain:>5}".rstrip()
    yield from ("", "gain: of those who did not know it before, the part that knows it now.")
    for each in found:
        for belief, number in list(each.beliefs_left.items())[:1]:
            entry = families.beliefs.get(belief)
            if entry:
                yield from ("", each.title, wrapped(f"{number} believe: {entry.believes}"))
