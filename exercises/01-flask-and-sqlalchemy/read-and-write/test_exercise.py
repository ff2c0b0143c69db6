"""Grades "Read and write through a session"."""

import json

import pytest


def house(project):
    """Some rooms hold three pieces, some two, some one, and four hold none."""
    ids = [room["id"] for room in project.at().with_rows("room", 16)]
    project.with_rows("furniture", values={"room_id": ids[:8] * 2 + ids[4:12]})
    return project


def names(project):
    return {room["id"]: room["name"] for room in project.rows("room")}


def expected(project, command):
    """The lines that `flask find TEXT` or `flask stock` should print."""
    rooms, furniture = names(project), project.rows("furniture")
    if command == "stock":
        rows = [(n, sum(p["room_id"] == key for p in furniture)) for key, n in rooms.items()]
        return [json.dumps(row) for row in sorted(rows, key=lambda row: (-row[1], row[0]))]
    rows = [(r["id"], r["name"], rooms[r["room_id"]]) for r in furniture]
    found = [row for row in rows if command.removeprefix("find ").lower() in row[1].lower()]
    return [json.dumps(row) for row in sorted(found, key=lambda row: (row[2], row[0]))]


def refuse_other_lines(project, command, in_order=False):
    lines = project.must("flask", *command.split()).stdout.splitlines()
    wanted = expected(project, command)
    missing, extra = [x for x in wanted if x not in lines], [x for x in lines if x not in wanted]
    assert not missing, f"`flask {command}` does not print {missing[0]}"
    assert not extra, f"`flask {command}` prints what is not so: {extra[0]}"
    assert len(lines) == len(wanted), f"`flask {command}` prints a row more than once."
    for line, right in zip(lines, wanted, strict=True):
        in_place = line == right or not in_order
        assert in_place, f"`flask {command}` prints {line} where {right} should stand."


@pytest.mark.misconception("a-query-that-runs-is-right")
def test_find_lists_what_holds_the_text(project):
    """`flask find E` prints every piece with an E or e in its name, with its own room."""
    refuse_other_lines(house(project), "find E")


@pytest.mark.misconception("text-becomes-part-of-the-sql")
@pytest.mark.needs("test_find_lists_what_holds_the_text")
def test_find_takes_every_sign_for_itself(project):
    """`flask find` looks for any sign as it is: quotes, colons, %, _ and strokes."""
    for text in "'", "%", "_", "/", "\\", ":seat":
        refuse_other_lines(house(project), f"find {text}")


@pytest.mark.misconception("a-join-keeps-every-row")
def test_stock_counts_every_room(project):
    """`flask stock` prints every room with the number of its pieces, the empty rooms too."""
    refuse_other_lines(house(project), "stock")


@pytest.mark.misconception("rows-have-an-order-of-their-own")
@pytest.mark.needs("test_find_lists_what_holds_the_text", "test_stock_counts_every_room")
def test_both_lists_are_in_order(project):
    """`find` goes by the room's name, then the id; `stock` by the most pieces, then the name."""
    for command in "find E", "stock":
        refuse_other_lines(house(project), command, in_order=True)


@pytest.mark.misconception("the-session-commits-by-itself")
def test_every_new_name_is_kept(project):
    """After `flask rename`, the rooms have their new names; id and furniture are as they were."""
    stands = house(project).rows("furniture", "room_id")
    given = {key: f"{key}. O'Hara's room" for key in list(names(project))[:3]}
    wanted = {**names(project), **given}
    pairs = [name for key, new in given.items() for name in (names(project)[key], new)]
    project.must("flask", "rename", "--", *pairs)
    for key, name in wanted.items():
        now = f"called {names(project)[key]!r}" if key in names(project) else "gone"
        assert now == f"called {name!r}", f"Room {key} should be called {name!r}, and is {now}."
    assert project.rows("furniture", "room_id") == stands


@pytest.mark.misconception("all-or-nothing-comes-by-itself")
@pytest.mark.needs("test_every_new_name_is_kept")
def test_one_bad_pair_stops_them_all(project):
    """Where one pair cannot be done, `flask rename` ends with an error and renames no room."""
    before = names(house(project))
    first, second, third, *_, last = before.values()
    for bad in (second, last), ("no such room", "anything"):
        ended = project.flask("rename", "--", first, "new 1", *bad, third, "new 3")
        case = "a name that is taken" if last in bad else "a room that is not there"
        for key, name in before.items():
            now = names(project).get(key)
            assert now == name, f"The list holds {case}, and room {key} is called {now!r} now."
        assert not ended.ok, f"The list holds {case}, and `flask rename` ended without an error."
        wanted = f"neither a LookupError nor an error of SQLAlchemy:\n{ended.error_line}"
        assert "Refused:" in ended.stderr, f"For {case}, `rename` raised {wanted}"
    project.must("flask", "rename", "--", first, "new 1", third, "new 3")
    assert "new 3" in names(project).values(), "The same list without the bad pair was refused."
