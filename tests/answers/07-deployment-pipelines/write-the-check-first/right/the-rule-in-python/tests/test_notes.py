"""What has to be true of whatever splits the notes of inspections."""

import sqlite3
from contextlib import closing

NOTES = ["Greta: dry", "a: b: c", "x:y", "10:30", ": n", "", None, "G: ", " G :  d ", "G: 1\nT: 2", "n" * 81 + ": d"]
LATER = [("Tom", None), ("Tom", ""), (None, "dry"), (None, None), ("", "")]


def halves(note):
    at = -1 if note is None else note.find(": ")
    return (note[:at], note[at + 2 :]) if 1 <= at <= 80 else (None, note)


def whole(inspector, remark):
    return remark if inspector is None else inspector + ": " + (remark or "")


def test_the_whole_change(house):
    with closing(sqlite3.connect(house.file)) as connection, connection:
        rows = [(number, note) for number, note in enumerate(NOTES, 1)]
        connection.executemany("INSERT INTO inspection (id, room_id, done_on, note) VALUES (?, 1, '2026-05-01', ?)", rows)
    house.upgrade()
    assert house.sql("SELECT inspector, remark FROM inspection ORDER BY id") == [*map(halves, NOTES)]
    types = dict(house.sql("SELECT name, type FROM pragma_table_info('inspection')"))
    assert types.pop("note", None) is None
    assert (types["inspector"], types["remark"]) == ("VARCHAR(80)", "TEXT")
    for number, pair in enumerate(LATER, 100):
        house.sql("INSERT INTO inspection (id, room_id, done_on, inspector, remark) VALUES (?, 1, '2026-05-01', ?, ?)", number, *pair)
    house.downgrade()
    notes = [note for (note,) in house.sql("SELECT note FROM inspection ORDER BY id")]
    assert notes == NOTES + [whole(*pair) for pair in LATER]
