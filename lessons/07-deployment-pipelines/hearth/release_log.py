"""What was released when, and how it went."""

from datetime import UTC, datetime

import click
from sqlalchemy import String, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from hearth.database import db


class Release(db.Model):
    """One release; without an end, it was cut off."""

    __tablename__ = "release_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(String(32))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(80))


def now() -> datetime:
    """The time in UTC; not every database keeps a time zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def begin(head: str, started: datetime) -> int:
    """Write down that a release is on its way, and give the row's number."""
    row = Release(revision=head, started_at=started, outcome="on its way")
    db.session.add(row)
    db.session.commit()
    return row.id


def end(number: int, outcome: str) -> None:
    """Write down how it ended."""
    row = db.session.get_one(Release, number)
    row.ended_at, row.outcome = now(), outcome[:80]
    db.session.commit()


def failed(head: str, started: datetime, outcome: str) -> None:
    """Write down a failure, if the restored database has a place for it."""
    try:
        if inspect(db.engine).has_table(Release.__tablename__):
            end(begin(head, started), outcome)
    except SQLAlchemyError as error:
        # The failure itself is the news; that it was not written down comes second.
        click.echo(f"The failure is not in the release log ({type(error).__name__}).", err=True)
    finally:
        db.session.remove()
