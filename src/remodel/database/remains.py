"""What a migration can find in a database's file that another one left, and no reader is shown.

Where things lie: https://www.sqlite.org/fileformat2.html
"""

import contextlib
import sqlite3

from remodel.database import sqlite
from remodel.database.sqlite import UnreadableDatabase

#: Tables of SQLite's own that count rows for the planner: no answer depends on what they hold.
STATISTICS = ("sqlite_stat1", "sqlite_stat3", "sqlite_stat4")
#: What the file's header says that no reader needs: how much to keep in memory, what is kept for
#: later versions of SQLite, and which version wrote last.
IDLE = (slice(48, 52), slice(72, 92), slice(96, 100))
#: The first byte of a page that is part of a table or of an index, and how long its header is.
HEADERS = {2: 12, 5: 12, 10: 8, 13: 8}


def without_remains(content: bytes) -> bytes:
    """`content` with zeros where nothing lies, and without what the planner counted.

    SQLite never reads what stands there; a migration could, to find what an earlier one left.
    """
    content = _without_statistics(content)
    size = int.from_bytes(content[16:18]) or 512
    size = 65536 if size == 1 else size
    count = int.from_bytes(content[28:32])
    if size < 512 or len(content) < size or not 0 < count <= len(content) // size:
        return content
    made = bytearray(content[: size * count])
    for place in IDLE:
        made[place] = bytes(place.stop - place.start)
    _clear_free_pages(made, size, count)
    if made[52:56] == bytes(4):  # else there are pages of another kind
        for start in range(0, len(made), size):
            _clear_gaps(made, start, size)
    return bytes(made)


def _without_statistics(content: bytes) -> bytes:
    if not any(name.encode() in content for name in STATISTICS):
        return content
    with (
        contextlib.suppress(UnreadableDatabase, sqlite3.Error),
        sqlite.writable(content) as connection,
    ):
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        known = [name for name in STATISTICS if (name,) in names]
        cleared = [connection.execute(f"DELETE FROM {name}").rowcount for name in known]
        if any(cleared):
            connection.commit()
            return connection.serialize()
    return content


def _clear_free_pages(made: bytearray, size: int, count: int) -> None:
    trunk, left = int.from_bytes(made[32:36]), count
    while 1 < trunk <= count and left:
        start, left = (trunk - 1) * size, left - 1
        leaves = min(int.from_bytes(made[start + 4 : start + 8]), size // 4 - 2)
        for place in range(start + 8, start + 8 + 4 * leaves, 4):
            leaf = int.from_bytes(made[place : place + 4])
            if 1 < leaf <= count:
                made[(leaf - 1) * size : leaf * size] = bytes(size)
        end = start + 8 + 4 * leaves
        made[end : start + size] = bytes(start + size - end)
        trunk = int.from_bytes(made[start : start + 4])


def _clear_gaps(made: bytearray, start: int, size: int) -> None:
    """Clear what no row fills in the page at `start`: between its cells, before and behind them."""
    head = start + (100 if start == 0 else 0)
    length, usable = HEADERS.get(made[head]), size - made[20]
    if not length:
        return
    first = head + length + 2 * int.from_bytes(made[head + 3 : head + 5])
    cells = start + (int.from_bytes(made[head + 5 : head + 7]) or 65536)
    if first <= cells <= start + usable:
        made[first:cells] = bytes(cells - first)
    free = int.from_bytes(made[head + 1 : head + 3])
    while free and first <= start + free <= start + usable - 4:
        place = start + free
        end = place + int.from_bytes(made[place + 2 : place + 4])
        if not place + 4 <= end <= start + usable:
            return
        made[place + 4 : end] = bytes(end - place - 4)
        later = int.from_bytes(made[place : place + 2])
        free = later if start + later >= end else 0
    made[start + usable : start + size] = bytes(size - usable)
