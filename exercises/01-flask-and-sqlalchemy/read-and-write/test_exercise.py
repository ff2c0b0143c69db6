"""Grades "Read and write through a session"."""

from string import punctuation

import pytest


def house(project):
    """Of 120 rooms, some hold many pieces, some a few, and most hold none."""
    ids = [room["id"] for room in project.at().with_rows("room", 120)]
    project.with_rows("furniture", 200, {"room_id": ids[:8] * 2 + ids[4:12] + ids[20:60]})
    return project


def names(project):
    return {room["id"]: room["name"] for room in project.rows("room")}


def refuse_other_lines(project, *words, in_order=False):
    """`find TEXT` or `stock` prints what ours does, in any order or in the same."""
    wanted = project.copy().solved().must("flask", *words).stdout.splitlines()
    project.must_print(wanted, "flask", *words, in_order=in_order)


def refuse_a_half(project, case, *bad, spared=""):
    """A long list with the pair `bad` near its end must end with an error and change nothing."""
    before, (first, _, third, *others) = project.snapshot(), names(project).values()
    others = enumerate((name for name in others if name not in (*bad, spared)), 5)
    good = [name for number, old in others for name in (old, f"new {number}")]
    ended = project.flask("rename", "--", first, "new 1", *good, *bad, third, "new 3")
    assert "new 1" not in names(project).values(), f"With {case} in it, a room has a new name."
    assert project.snapshot() == before, f"The list holds {case}, and the database has changed."
    assert "Refused:" in ended.stderr, f"{case}: should end with one of the two errors."


@pytest.mark.misconception("a-query-that-runs-is-right")
def test_find_lists_what_holds_the_text(project):
    """`flask find E` prints every piece with an E or e in its name, with its own room."""
    refuse_other_lines(house(project), "find", "E")


@pytest.mark.misconception("text-becomes-part-of-the-sql")
@pytest.mark.needs("test_find_lists_what_holds_the_text")
def test_find_takes_every_sign_for_itself(project):
    """`flask find` looks for any sign as it is: quotes, colons, %, _ and the rest."""
    house(project).with_rows("furniture", 2, {"name": [punctuation, "‘oak’"]})
    for text in "'", *punctuation, ":seat", punctuation:
        refuse_other_lines(project, "find", text)


@pytest.mark.misconception("a-join-keeps-every-row")
def test_stock_counts_every_room(project):
    """`flask stock` prints every room with the number of its pieces, the empty rooms too."""
    refuse_other_lines(house(project), "stock")


@pytest.mark.misconception("rows-have-an-order-of-their-own")
@pytest.mark.needs("test_find_lists_what_holds_the_text", "test_stock_counts_every_room")
def test_both_lists_are_in_order(project):
    """`find` goes by the room's name, then the id; `stock` by the most pieces, then the name."""
    for words in ("find", "E"), ("stock",):
        refuse_other_lines(house(project), *words, in_order=True)


@pytest.mark.misconception("the-session-commits-by-itself")
def test_every_new_name_is_kept(project):
    """After `flask rename`, the rooms have their new names; all else is as it was."""
    called = "UPDATE furniture SET name = (SELECT name FROM room WHERE room.id = room_id)"
    before, old = house(project).drift(called).snapshot(), names(project)
    new = "the O'Haras' {}th: größe,\n\t漢字, cafe\u0301 "
    given = {key: new.format(key).ljust(80) for key in sorted(old, key=old.get)[:60]}
    pairs = [name for key, new in given.items() for name in (old[key], new)]
    assert project.must("flask", "rename", "--", *pairs).stdout.split() == ["Renamed."]
    for key, name in {**old, **given}.items():
        assert names(project).get(key) == name, f"Room {key} should be called {name!r}, and is not."
    assert project.rows("furniture") == before.rows["furniture"], "The furniture is not as it was."
    project.must("flask", "rename", "--", *reversed(pairs))
    assert project.snapshot() == before, "Renamed there and back, the house is not as it was."


@pytest.mark.misconception("all-or-nothing-comes-by-itself")
@pytest.mark.needs("test_every_new_name_is_kept")
def test_one_bad_pair_stops_them_all(project):
    """Where one pair cannot be done, `flask rename` ends with an error and renames no room."""
    _, second, *_, last = names(house(project)).values()
    refuse_a_half(project, "a name that is taken", second, last)
    for new in last, "no such room":
        refuse_a_half(project, "a room that is not there", "no such room", new)
    refuse_a_half(project, "a new name twice", second, "new 3")


@pytest.mark.deep
@pytest.mark.misconception("a-query-that-runs-is-right")
def test_find_looks_for_the_whole_text(project):
    """`flask find` looks for all of the text, as it is: long ones, blanks, digits, any letter."""
    own = ["Grandmother's large armchair", "chair, oak", "größe", "Éé", "12", "cafe\u0301"]
    rooms = project.at().with_rows("room", 1100)
    *_, last = project.with_rows("furniture", 1100, {"name": own, "room_id": [rooms[0]["id"]]})
    for text in own[0].upper(), f"{own[0]}s", "k c", str(last["id"]), "", " ", "ss", "o", "é", "Éé":
        refuse_other_lines(project, "find", text)
    refuse_other_lines(project, "stock")


@pytest.mark.deep
@pytest.mark.misconception("all-or-nothing-comes-by-itself")
def test_only_a_room_of_that_very_name_is_renamed(project):
    """`old` is the whole name of a room, to the letter, and no pair before it took that name."""
    *_, plain = (n for n in names(house(project)).values() if n.isascii() and n[:3].isalpha())
    for missing in plain.swapcase(), f" {plain} ", plain[1:], f"{plain[:2]}%":
        refuse_a_half(project, f"{missing!r}, no room's name", missing, "new 2", spared=plain)
    refuse_a_half(project, "a room twice", plain, "new 2", plain, "new 4")
