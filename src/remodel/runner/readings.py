"""What a command prints of an app's models, as plain data: who reads it needs no SQLAlchemy."""

#: An attribute, "furniture.room", to what the ORM does with it, each thing under its name.
Mapped = dict[str, dict[str, str]]
#: What was read of one table: by the key of a row, by the name of a column or a relationship.
Read = dict[str, dict[str, str]]
#: The same of each table.
Reading = dict[str, Read]
#: Of each table the columns that may be NULL, and what each foreign key's column points at:
#: a table, its column, and what becomes of the row here when that one is deleted.
Asked = dict[str, tuple[list[str], dict[str, tuple[str, str, str]]]]
#: What somebody did, in words: the error that came of it, or "" where it went well.
Errors = dict[str, str]
#: What the database holds, as Python writes it, where nobody wrote a value that means anything:
#: by "furniture.pieces", for a new row WITHOUT one, for one that is EMPTY, and for one EMPTIED.
Held = dict[str, dict[str, str]]
WITHOUT, EMPTY, EMPTIED = "without", "empty", "emptied"
#: What stands there where the row was refused.
REFUSED = "refused"
#: Under this name stands why a row cannot be read.
FAILURE = "failure"
