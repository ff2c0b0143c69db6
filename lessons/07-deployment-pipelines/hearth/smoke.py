"""A look at the pages before anybody else sees them."""

from collections.abc import Iterator

from flask import current_app
from sqlalchemy import func, select

from hearth.database import db
from hearth.models import Furniture, Room
from hearth.steps import Stopped


def open_pages() -> None:
    """Open each kind of page once; stop at the first that does not answer 200."""
    try:
        client = current_app.test_client()
        for path in list(paths()):
            status = client.get(path).status_code
            if status != 200:
                raise Stopped(f"the page {path} answers {status}")
    finally:
        db.session.remove()


def paths() -> Iterator[str]:
    """Name every page, with the first room and the first piece standing for all."""
    first = {
        "room_id": db.session.scalar(select(func.min(Room.id))),
        "furniture_id": db.session.scalar(select(func.min(Furniture.id))),
    }
    addresses = current_app.url_map.bind("localhost")
    for rule in current_app.url_map.iter_rules():
        known = {name: first[name] for name in rule.arguments if first.get(name) is not None}
        if "GET" in rule.methods and rule.arguments == known.keys():
            yield addresses.build(rule.endpoint, known)
