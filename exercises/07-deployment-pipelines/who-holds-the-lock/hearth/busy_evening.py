"""The busy evening: whoever is in the way is at work, and who went home is in nobody's way."""

from hearth.asking import must_name
from hearth.sessions import sessions


def busy_evening() -> None:
    """A visitor waits for an upgrade, that for a clerk, and the clerk for an import."""
    with sessions(6) as there:
        report, draft, at_work, clerk, upgrade, visitor = there
        report.run("SELECT name FROM room")
        draft.run("UPDATE inspection SET note = note")
        at_work.run("UPDATE room SET name = name")
        at_work.begin_import()
        clerk.run("UPDATE furniture SET value = value")
        upgrade.begin("CREATE INDEX ix_furniture_owner ON furniture (owner)")
        visitor.begin("UPDATE furniture SET value = value")
        clerk.begin("UPDATE room SET name = name")  # it waits last, and stands before the others
        must_name(at_work, "the import", there)
