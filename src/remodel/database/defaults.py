"""What a server default stores: asked of the database, not read from its text."""

import functools
import re
import sqlite3
from contextlib import closing

from remodel.database.ddl import plain, tokens

#: What gives another value every time; such a default is compared by its text.
_CHANGING = {
    *("current_date", "current_time", "current_timestamp", "random", "randomblob"),
    *("date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff"),
    *("changes", "total_changes", "last_insert_rowid"),
}
#: Other ways to write one that changes, as plain text (sqlite.org/lang_datefunc.html).
_ALIKE = {
    "date ( 'now' )": "current_date",
    "time ( 'now' )": "current_time",
    "datetime ( 'now' )": "current_timestamp",
}
#: No default that a person writes is longer, or takes longer to work out.
_MOST_BYTES, _MOST_STEPS = 100_000, 100_000


@functools.lru_cache(maxsize=512)
def stored_default(default: str, kind: str) -> str | None:
    """What a column of the type `kind` holds where an INSERT leaves it out, as SQL writes it.

    `0`, `'0'`, `((0))` and `(1 = 0)` are one and the same in an INTEGER. DEFAULT NULL is none.
    A default that changes, such as CURRENT_TIMESTAMP, is given back as its text.
    """
    text = plain(default)
    while text.startswith("( ") and text.endswith(" )") and text.count("(") == 1:
        text = text[2:-2]
    if changes(default):
        return _ALIKE.get(text, text)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
        connection.set_progress_handler(lambda: 1, _MOST_STEPS)
        try:
            connection.execute(f"CREATE TABLE t (c {_affinity(kind)})")
            connection.execute(f"INSERT INTO t VALUES ({default})")
            value = str(connection.execute("SELECT quote(c) FROM t").fetchone()[0])
        except (sqlite3.Error, sqlite3.Warning):  # a bare word, which SQLite takes for a text
            return text
    return None if value == "NULL" else value


def changes(default: str) -> bool:
    """Whether a default gives another value every time."""
    return bool(_CHANGING & set(tokens(default)))


def _affinity(kind: str) -> str:
    """The affinity of a declared type (sqlite.org/datatype3.html, 3.1)."""
    for words, affinity in (
        ("INT", "INTEGER"),
        ("CHAR|CLOB|TEXT", "TEXT"),
        ("BLOB|^$", "BLOB"),
        ("REAL|FLOA|DOUB", "REAL"),
    ):
        if re.search(words, kind, re.IGNORECASE):
            return affinity
    return "NUMERIC"
