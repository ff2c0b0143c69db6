"""One state of an app as data, and that its text, its picture and its JSON say the same."""

import html
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from remodel.playground.drawing import draw_state
from remodel.playground.kept import keep_first, state_before
from remodel.playground.picture import fragment
from remodel.playground.state import AppState, databases_of, state_of, state_schema
from tests.conftest import ROOT

SCHEMA = ROOT / "docs" / "show.schema.json"
FIRST = (
    "CREATE TABLE room (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, UNIQUE (name))",
    "CREATE TABLE lamp (watts INTEGER DEFAULT 40, room_id INTEGER REFERENCES room (id))",
    "CREATE TABLE tent (id INTEGER PRIMARY KEY)",
    "INSERT INTO room VALUES (1, 'Kitchen'), (2, 'Study'), (3, 'Hall')",
    "INSERT INTO lamp VALUES (40, 1), (40, 1), (60, 2)",
    "INSERT INTO tent VALUES (1), (2)",
    "CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)",
    "INSERT INTO alembic_version VALUES ('0002')",
)
COMMAND = (
    "ALTER TABLE room ADD COLUMN size VARCHAR(20)",
    "UPDATE room SET name = 'Galley' WHERE id = 1",
    "UPDATE room SET size = '4x3' WHERE id = 2",
    "DELETE FROM room WHERE id = 3",
    "INSERT INTO room VALUES (4, 'Attic', NULL)",
    "DELETE FROM lamp WHERE watts = 60",
    "ALTER TABLE lamp DROP COLUMN watts",
    "CREATE INDEX ix_lamp ON lamp (room_id)",
    "CREATE TABLE photo (id INTEGER PRIMARY KEY, CHECK (id > 0))",
    "DROP TABLE tent",
)


def sql(app: Path, *statements: str, name: str = "hearth") -> None:
    with closing(sqlite3.connect(app / "instance" / f"{name}.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def revision(app: Path, name: str, down: str, labels: str = "None") -> bytes:
    text = f'"""step {name}"""\nrevision = {name!r}\ndown_revision = {tuple(down.split())!r}\n'
    file = app / "migrations" / "versions" / f"{name}.py"
    file.write_text(f"{text}branch_labels = {labels}\n", encoding="utf-8")
    return file.read_bytes()


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app with a fork, a merge, a label, a dependency, and two databases."""
    (tmp_path / "instance").mkdir()
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    revision(tmp_path, "0001", "")
    revision(tmp_path, "0002", "0001")
    revision(tmp_path, "0003", "0001", "'winter'")
    revision(tmp_path, "0004", "0002 0003")
    revision(tmp_path, "0005", "0003", "None\ndepends_on = '0002'")
    sql(tmp_path, *FIRST)
    sql(tmp_path, "CREATE TABLE sold (what TEXT)", name="archive")
    return tmp_path


def after(app: Path, *statements: str) -> AppState:
    """The state after a command that runs `statements`."""
    before = databases_of(app)
    sql(app, *statements)
    return state_of(app, before=before)


def test_what_the_command_did_to_the_rows_is_told(app: Path) -> None:
    """Rows changed, added, lost, by key or as wholes; columns new or gone, with their values."""
    lines = "\n".join(draw_state(after(app, *COMMAND)))
    assert "room (3 rows)" in lines
    assert "1 row changed:\n        id 1: name 'Kitchen' → 'Galley'\n" in lines
    assert "1 row added:\n        id 4, name 'Attic', size NULL\n" in lines
    assert "1 row lost:\n        id 3, name 'Hall'\n" in lines
    assert "size VARCHAR(20)  ← new, with a value in 1 of 3 rows\n" in lines
    assert "lamp (2 rows, 3 before)" in lines
    assert "(watts is gone, and 3 values with it)" in lines
    assert "1 row lost:\n        room_id 2\n" in lines
    assert "INDEX (room_id)  ← new" in lines
    assert "photo (0 rows)  ← new" in lines
    assert "(tent is gone, and 2 rows with it)" in lines


def test_a_column_with_one_value_for_all_says_which(app: Path) -> None:
    """The empty default that replaces eleven names can be seen at a glance."""
    state = after(app, "ALTER TABLE room ADD COLUMN label TEXT NOT NULL DEFAULT ''")
    assert any("← new, '' in every row" in line for line in draw_state(state))


def test_a_value_that_changes_its_type_alone_is_changed(app: Path) -> None:
    """To Python 1 equals 1.0; to a database it does not."""
    sql(
        app, "CREATE TABLE price (id INTEGER PRIMARY KEY, value)", "INSERT INTO price VALUES (1, 1)"
    )
    state = after(app, "UPDATE price SET value = 1.0")
    assert any("value 1 → 1.0" in line for line in draw_state(state))


def words_of(page: str) -> str:
    """What a reader of the page reads, without its tags and its style."""
    text = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_text_and_picture_name_the_same(app: Path) -> None:
    """Every line of the text stands in the page, but for the lanes of the drawing."""
    gone = {"migrations/versions/0002.py": revision(app, "0002", "0001")}
    (app / "migrations" / "versions" / "0002.py").unlink()
    before = databases_of(app)
    sql(app, *COMMAND)
    state = state_of(app, "an-exercise", gone, before)
    shown = words_of(fragment(state))
    lines = draw_state(state, width=1000)
    assert len(lines) > 30
    for line in lines:
        bare = " ".join(line.strip("○●│├╮╯─ ").split())
        assert bare in shown, line


def test_the_picture_says_in_words_what_it_draws(app: Path) -> None:
    """Each revision has one dot, one line to each that it stands on, and an entry in a list."""
    page = fragment(state_of(app))
    assert page.count("<circle") == 5
    assert re.findall(r' d="([^"]*)"', page)[0].count("M") == 5
    beside = [words_of(text) for text in re.findall(r"<text.*?</text>", page)]
    listed = [words_of(item).partition(", stands on")[0] for item in page.split("<li>")[1:6]]
    assert beside == listed
    assert "0002 step 0002 ← hearth.db is here" in beside
    assert 'role="img"' in page and "aria-label=" in page
    assert "0004 step 0004 (head), stands on 0002 and 0003" in words_of(page)


def test_labels_and_dependencies_stand_beside_their_revision(app: Path) -> None:
    """A label names a branch; a dependency has to be applied before."""
    lines = draw_state(state_of(app))
    assert any("0003  step 0003  [winter]" in line for line in lines)
    assert any("0005  step 0005  (needs 0002)  (head)" in line for line in lines)


def test_the_json_is_what_the_schema_says(app: Path) -> None:
    """docs/show.schema.json is the shape of it, and is made of the classes."""
    shape = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert shape == json.loads(json.dumps(state_schema())), (
        f"write state_schema() to {SCHEMA}: the shape has changed"
    )
    jsonschema.validate(json.loads(json.dumps(after(app, *COMMAND).as_json())), shape)


def test_bytes_in_a_row_are_written_as_sql_writes_them(app: Path) -> None:
    """JSON has no bytes."""
    sql(app, "CREATE TABLE blob (id INTEGER PRIMARY KEY, value)")
    state = after(app, "INSERT INTO blob VALUES (1, X'00ff')")
    blob = next(table for table in state.databases[0].tables if table.name == "blob")
    assert blob.added == ({"id": 1, "value": "X'00ff'"},)


@pytest.mark.parametrize("width", [60, 80])
def test_nothing_is_cut_and_nothing_is_too_wide(app: Path, width: int) -> None:
    """A long message, a long value: all words are there, on as many lines as it takes."""
    revision(app, "0006", "0004")
    file = app / "migrations" / "versions" / "0006.py"
    file.write_text(file.read_text().replace("step 0006", "a long message " * 9), "utf-8")
    sql(app, "UPDATE alembic_version SET version_num = '0006'")
    state = after(app, *COMMAND)
    lines = draw_state(state, width)
    assert max(map(len, lines)) <= width
    wide = " ".join(" ".join(draw_state(state, 1000)).split())
    narrow = " ".join(" ".join(line.strip("○●│ ") for line in lines).split())
    assert "hearth.db is here" in narrow
    assert len(narrow.replace(" ", "").replace("─", "")) >= len(re.sub(r"[ ○●│─]", "", wide))


def test_a_revision_whose_file_is_gone_is_marked(app: Path) -> None:
    """It keeps its place, what lies below it is no head, and what stands on it is drawn."""
    given = {"migrations/versions/0002.py": revision(app, "0002", "0001")}
    (app / "migrations" / "versions" / "0002.py").unlink()
    state = state_of(app, given=given)
    lines = draw_state(state)
    assert any(
        line.endswith("0002  step 0002  (its file is missing)  ← hearth.db is here")
        for line in lines
    )
    assert state.heads == ("0004", "0005")


def test_what_lies_below_a_missing_file_is_no_head(app: Path) -> None:
    """Alembic would call it one; the history that was given goes on."""
    for name in ("0003", "0004", "0005"):
        (app / "migrations" / "versions" / f"{name}.py").unlink()
    revision(app, "0006", "0002")
    given = {"migrations/versions/0002.py": revision(app, "0002", "0001")}
    (app / "migrations" / "versions" / "0002.py").unlink()
    assert state_of(app, given=given).heads == ("0006",)


def test_a_revision_that_another_names_and_nobody_gave_is_marked(app: Path) -> None:
    """Nothing is known of it but its name."""
    (app / "migrations" / "versions" / "0001.py").unlink()
    missing = [each for each in state_of(app).revisions if each.missing]
    assert [(each.id, each.file) for each in missing] == [("0001", "")]


def test_with_every_file_gone_no_revision_passes_for_a_file(app: Path) -> None:
    """The database stays where it was, and the picture says that nothing is there."""
    given = {
        f"migrations/versions/{path.name}": path.read_bytes()
        for path in (app / "migrations" / "versions").glob("*.py")
    }
    for path in (app / "migrations" / "versions").glob("*.py"):
        path.unlink()
    state = state_of(app, given=given)
    assert [each.missing for each in state.revisions] == [True] * 5
    assert state.heads == ()
    assert any(
        "! hearth.db is at 0002, and no file has that revision." in line
        for line in draw_state(state)
    )


def test_on_a_low_screen_what_did_not_change_is_told_briefly(app: Path) -> None:
    """All that the command did is there still."""
    state = after(app, *COMMAND)
    full, low = draw_state(state), draw_state(state, height=24)
    assert len(full) > len(low) + 8
    assert [line for line in full if "←" in line or "gone" in line] == [
        line for line in low if "←" in line or "gone" in line
    ]
    assert "      name VARCHAR(80) NOT NULL" not in low


def test_the_state_before_is_that_before_the_last_change(app: Path) -> None:
    """To look twice does not make what the last command did look old."""
    keep_first(app)
    first = databases_of(app)
    assert state_before(app, first) is None
    sql(app, "DELETE FROM room WHERE id = 3")
    second = databases_of(app)
    assert state_before(app, second) == state_before(app, second) == first
    sql(app, "DELETE FROM room WHERE id = 2")
    assert state_before(app, databases_of(app)) == second
