"""What was released when, and how it went."""

from datetime import UTC, datetime

import click
from sqlalchemy import String, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from hearth.database import db
from hearth.steps import Stopped

ON_ITS_WAY, PUT_BACK = "on its way, backup ", "put back "


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


def write(head: str, started: datetime, outcome: str) -> None:
    """Write down how it goes, over the row of a release that is on its way."""
    try:
        if inspect(db.engine).has_table(Release.__tablename__):
            last = waiting()
            on_its_way = last and last.outcome.startswith(ON_ITS_WAY)
            row = last if on_its_way else Release(started_at=started)
            row.revision, row.outcome = head, outcome[:80]
            row.ended_at = None if outcome.startswith(ON_ITS_WAY) else now()
            db.session.add(row)
            db.session.commit()
    except SQLAlchemyError as error:
        # The release itself is the news; that it was not written down comes second.
        click.echo(f"The release log could not be written ({type(error).__name__}).", err=True)
    finally:
        db.session.remove()


def waiting() -> Release | None:
    """Find the last release, if it was cut off or put back, so that somebody has to decide."""
    last = db.session.scalar(select(Release).order_by(Release.id.desc()).limit(1))
    waits = last and last.outcome.startswith((ON_ITS_WAY, PUT_BACK))
    return last if waits else None


def refuse_waiting(head: str) -> None:
    """Stop after a release that was cut off or put back, and say what to type."""
    last = waiting() if inspect(db.engine).has_table(Release.__tablename__) else None
    if last and last.outcome.startswith(ON_ITS_WAY):
        backup = last.outcome.removeprefix(ON_ITS_WAY)
        raise Stopped(
            f"the release to {last.revision} was cut off. If the pages work, type `flask release"
            f" --again`. If not, type `flask restore {backup}`: what was written since is lost"
        )
    if last and last.revision == head:
        raise Stopped(
            f"the last release to {head} failed, and its backup was put back. When the cause is"
            " gone, type `flask release --again`"
        )
