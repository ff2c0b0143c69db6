"""What a command prints of an app's models, as plain data: who reads it needs no SQLAlchemy."""

#: An attribute, "furniture.room", to what the ORM does with it, each thing under its name.
Mapped = dict[str, dict[str, str]]
#: What was read of one table: by the key of a row, by the name of a column or a relationship.
Read = dict[str, dict[str, str]]
#: The same of each table.
Reading = dict[str, Read]
#: What somebody did, in words: the error that came of it, or "" where it went well.
Errors = dict[str, str]
#: Under this name stands why a row cannot be read.
FAILURE = "failure"
