"""Another program with access to Hearth's database, which knows nothing of Hearth's forms."""

import sqlite3

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
    """Try every bad row on the database in this folder, and leave none of them there."""
    connection = sqlite3.connect("file:instance/hearth.db?mode=rw", uri=True)
    # SQLite looks at foreign keys only where the connection asks for it.
    connection.execute("PRAGMA foreign_keys = ON")
    for what, statement in BAD:
        try:
            connection.execute(statement)
        except sqlite3.IntegrityError as refusal:
            print(f"refused  {what} ({refusal})")
        else:
            print(f"TAKEN    {what}")
            connection.rollback()
    connection.close()


if __name__ == "__main__":
    main()
