"""The other evening: somebody has written in psql and gone home."""

from hearth.asking import must_name
from hearth.sessions import sessions


def other_evening() -> None:
    """A report is in nobody's way; an upgrade waits for psql, and a visitor behind it."""
    with sessions(4) as there:
        report, psql, upgrade, visitor = there
        report.run("SELECT name FROM furniture")
        psql.run("UPDATE furniture SET value = value")
        # It waits for whoever writes, and for no reader.
        upgrade.begin("CREATE INDEX ix_furniture_owner ON furniture (owner)")
        visitor.begin("UPDATE furniture SET value = value")
        must_name(psql, "psql", there)
