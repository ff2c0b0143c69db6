"""Another program with access to Hearth's database, which knows nothing of Hearth's forms."""

import sqlite3
from contextlib import closing

KITCHEN = "(SELECT min(id) FROM room WHERE name = 'Kitchen')"
INTO_FURNITURE = "INSERT INTO furniture (name, pieces, room_id) VALUES"

BAD = (
    ("a second room called Kitchen", "INSERT INTO room (name) VALUES ('Kitchen')"),
    ("a room without a name", "INSERT INTO room (name) VALUES (NULL)"),
    ("furniture without a name", f"{INTO_FURNITURE} (NULL, 1, {KITCHEN})"),
    ("nobody knows how many stools", f"{INTO_FURNITURE} ('Stool', NULL, {KITCHEN})"),
    ("no stools at all", f"{INTO_FURNITURE} ('Stool', 0, {KITCHEN})"),
    ("two stools fewer than none", f"{INTO_FURNITURE} ('Stool', -2, {KITCHEN})"),
    ("a stool in no room", f"{INTO_FURNITURE} ('Stool', 1, NULL)"),
    ("a stool in a room that is not there", f"{INTO_FURNITURE} ('Stool', 1, 4711)"),
    ("the kitchen goes, full as it is", f"DELETE FROM room WHERE id = {KITCHEN}"),
)


def main() -> None:
    """Try every bad row on a copy of the database in this folder, which stays as it is."""
    for what, statement in BAD:
        with closing(copied()) as copy:
            try:
                with copy:  # commits at its end: some rules speak up only then
                    copy.execute(statement)
            except sqlite3.IntegrityError as refusal:
                print(f"refused  {what} ({refusal})")
            else:
                print(f"ACCEPTED {what}")


def copied() -> sqlite3.Connection:
    """Copy the house's database to memory."""
    copy = sqlite3.connect(":memory:")
    with closing(sqlite3.connect("file:instance/hearth.db?mode=ro", uri=True)) as house:
        house.backup(copy)
    # SQLite looks at foreign keys only where the connection asks for it.
    copy.execute("PRAGMA foreign_keys = ON")
    return copy


if __name__ == "__main__":
    main()
