"""What lesson 7's questions claim, on the pinned versions."""

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

#: Sends the form of one room to the app in this folder: `flask --app visitor:app paint ID COLOUR`.
VISITOR = """
import click
from wsgi import app
from hearth.form_fields import ROOM

@app.cli.command("paint")
@click.argument("room")
@click.argument("colour")
def paint(room, colour):
    data = {field.name: "" for field in ROOM} | {"name": f"Room {room}", "colour": colour}
    assert app.test_client().post(f"/rooms/{room}/edit", data=data).status_code == 302

@app.cli.command("see")
@click.argument("room")
def see(room):
    print(app.test_client().get(f"/rooms/{room}").text)
"""
REVISION = '''"""{about}"""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{id}", "{below}", None, None
def upgrade():
    {up}
def downgrade():
    {down}
'''
#: Waits until as many revisions as there are workers have come to this line.
MEET = """import os, pathlib, time
    pathlib.Path(f"here-{os.getpid()}").touch()
    until = time.monotonic() + 8
    while len(list(pathlib.Path().glob("here-*"))) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    op.execute("CREATE TABLE lamp (id INTEGER PRIMARY KEY)")"""

#: What many apps add, so that SQLite looks at references.
GUARD = """from sqlalchemy import MetaData, event
from sqlalchemy.engine import Engine

@event.listens_for(Engine, "connect")
def guard_references(connection, _record):
    connection.execute("PRAGMA foreign_keys=ON")
"""
LONGER = """with op.batch_alter_table("furniture") as batch_op:
        batch_op.alter_column("label", existing_type=sa.String(80), type_=sa.String(90))"""


#: What has to be 0 before the flag is turned on.
DIFFER = "SELECT count(*) FROM room WHERE paint IS DISTINCT FROM colour"


def add_revision(code, id, up, down="pass", below="0015"):
    """Write one more revision into a folder of code."""
    text = REVISION.format(about="one more", id=id, below=below, up=up, down=down)
    (code.folder / f"migrations/versions/{id}_one_more.py").write_text(text, encoding="utf-8")


def take(code, file):
    """Lay one of the shown files of deploy/rename/ over the app."""
    shutil.copy(code.folder / "deploy" / "rename" / file, code.folder / file)


def take_required(code, file):
    """Lay one of the revisions of deploy/rename-required/ over the app."""
    shutil.copy(code.folder / "deploy" / "rename-required" / file, code.folder / file)


def write_both(code):
    """The new code of the first release: it writes both columns; a flag says which it reads."""
    take(code, "hearth/paint.py")
    models, base = "hearth/models.py", "from hearth.database import db\n"
    code.edit(models, "class Room(db.Model)", "class Room(Painted, db.Model)")
    code.edit(models, "    colour: Mapped[str | None] = mapped_column(String(30))\n", "")
    code.edit(models, base, f"{base}from hearth.paint import Painted\n")


def write_paint_alone(code):
    """The new code of the third release: it has never heard of a column called colour."""
    line = "colour: Mapped[str | None] = mapped_column({}String(30))"
    code.edit("hearth/models.py", line.format(""), line.format('"paint", '))


def hide_colour(code):
    """The third release leaves the old column out of comparisons, until the fourth drops it."""
    take(code, "hearth/leaving.py")
    first = "from flask_migrate import Migrate\n"
    code.edit("hearth/database.py", first, f"{first}from hearth.leaving import compare_name\n")
    code.edit("hearth/database.py", "Migrate()", "Migrate(include_name=compare_name)")


def write_title(code, label, title):
    """Code that writes `label` and `title`, declared so; it reads label, as the old code does."""
    models, plain = "hearth/models.py", "    label: Mapped[str] = mapped_column(String(80))\n"
    text = (code.folder / "deploy/rename/hearth/paint.py").read_text(encoding="utf-8")
    both = text.replace("Painted", "Titled").replace("colour", "label").replace("paint", "title")
    both = both.replace("old_label: Mapped[str | None]", f"old_label: Mapped[{label}]")
    both = both.replace("title: Mapped[str | None]", f"title: Mapped[{title}]")
    both = both.replace("String(30)", "String(80)")
    (code.folder / "hearth" / "titled.py").write_text(both, encoding="utf-8")
    if "Titled" not in (code.folder / models).read_text(encoding="utf-8"):
        base = "from hearth.database import db\n"
        code.edit(models, plain, "")
        code.edit(models, "class Furniture(db.Model)", "class Furniture(Titled, db.Model)")
        code.edit(models, base, f"{base}from hearth.titled import Titled\n")


def setting(code, name, value):
    """Set an environment variable for this folder of code."""
    first = "from hearth import"
    code.edit("wsgi.py", first, f'import os\nos.environ["{name}"] = "{value}"\n{first}')


def paint(code, room, colour):
    """What a visitor does: fill in the form of a room, and send it to the app of this code."""
    sent = code.flask("--app", "visitor:app", "paint", room, colour)
    assert sent.ok, sent.stderr


def seen(code, room):
    """What a visitor reads on the page of a room."""
    return code.flask("--app", "visitor:app", "see", room).stdout


def put_back(code, revision):
    """What a rollback of the code does: the file of the newest revision is gone."""
    (file,) = (code.folder / "migrations" / "versions").glob(f"{revision}_*.py")
    file.unlink()


@pytest.fixture
def hearth(copy_of):
    """Lesson 7's app, released and furnished."""
    code = copy_of("07")
    (code.folder / "visitor.py").write_text(VISITOR, encoding="utf-8")
    assert code.flask("db", "upgrade").ok
    assert code.flask("furnish").ok
    return code


@pytest.fixture(params=["sqlite", "postgresql"])
def each_hearth(request, copy_of):
    """Lesson 7's app, upgraded and furnished, on SQLite and on PostgreSQL."""
    code = copy_of("07")
    if request.param == "postgresql":
        code.use(request.getfixturevalue("postgresql"))
    assert code.flask("db", "upgrade").ok
    assert code.flask("furnish").ok
    return code


@pytest.fixture
def second_copy():
    """Makes a second folder of code on the databases of the first."""

    def beside(code):
        folder = code.folder.with_name("second")
        shutil.copytree(code.folder, folder, ignore=shutil.ignore_patterns("instance"))
        instance = (code.folder / "instance").as_posix()
        names = {"DATABASE_URL": "hearth.db", "ARCHIVE_DATABASE_URL": "archive.db"}
        lines = [f'os.environ["{n}"] = "sqlite:///{instance}/{db}"' for n, db in names.items()]
        wsgi = (folder / "wsgi.py").read_text(encoding="utf-8")
        (folder / "wsgi.py").write_text("\n".join(["import os", *lines, wsgi]), encoding="utf-8")
        return type(code)(folder, code._runner)

    return beside


@pytest.fixture
def webhook():
    """A chat room that listens: its address, and what it was told."""
    told = []

    class Room(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Room)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/T0P-S3CRET", told
    server.shutdown()
    thread.join()
    server.server_close()


# -- the questions -----------------------------------------------------------------------------


def test_a_release_starts_the_app_only_at_the_head(hearth):
    add_revision(hearth, "0016", 'op.execute("UPDATE furniture SET no_such_column = 1")')
    refused = hearth.flask("release", "--", "flask", "routes")
    assert refused.exit_code == 1
    assert "start flask" not in refused.stdout
    assert hearth.sql("SELECT version_num FROM alembic_version") == [("0015",)]


def test_an_upgrade_before_the_new_code_is_right_for_expand(hearth):
    take(
        hearth, "migrations/versions/0016_expand.py"
    )  # the new code is not there yet: what runs is the old code
    assert hearth.flask("db", "upgrade").ok
    assert hearth.page("/") == 200
    paint(hearth, "1", "lime")


def test_an_upgrade_before_the_new_code_is_wrong_for_contract(hearth):
    add_revision(hearth, "0016", 'op.alter_column("room", "colour", new_column_name="paint")')
    assert hearth.flask("db", "upgrade").ok
    assert hearth.page("/") == 503  # the old code, still running, asks for room.colour


def test_two_upgrades_at_once_without_a_lock(copy_of):
    house = copy_of("05")  # with the env.py that `flask db init` wrote: no lock
    assert house.flask("db", "upgrade").ok
    add_revision(house, "0009", MEET, below="0008")
    ended = house.flask_at_once("db", "upgrade")
    assert sorted(each.ok for each in ended) == [False, True]
    assert "table lamp already exists" in "".join(each.stderr for each in ended)


def test_old_code_cannot_name_a_revision_that_it_lacks(hearth):
    put_back(hearth, "0015")
    for command in ("upgrade", "downgrade", "current"):
        assert "Can't locate revision identified by '0015'" in hearth.flask("db", command).stderr
    assert hearth.page("/") == 200  # the pages work: 0015 only added a table


def test_a_deployment_that_runs_migrate(house):
    house.edit("hearth/models.py", "    colour: Mapped", "    paint: Mapped")
    assert house.flask("db", "migrate", "-m", "on the server", "--rev-id", "0002").ok
    assert house.flask("db", "upgrade").ok
    assert set(house.sql("SELECT paint FROM room")) == {(None,)}  # the colours are gone
    put_back(house, "0002")  # the next container is built from git, where nobody put the file
    assert "Can't locate revision identified by '0002'" in house.flask("db", "upgrade").stderr


def test_a_downgrade_is_no_restore(hearth):
    add = 'op.add_column("room", sa.Column("colour", sa.String(30)))'
    add_revision(hearth, "0016", 'op.drop_column("room", "colour")', down=add)
    assert hearth.flask("db", "upgrade").ok
    assert hearth.flask("db", "downgrade").ok
    assert hearth.page("/") == 200
    assert set(hearth.sql("SELECT colour FROM room")) == {(None,)}


def test_a_release_that_fails_halfway_puts_every_value_back(hearth):
    """The rehearsal passes, the real smoke test fails, and every colour is there again."""
    before = hearth.sql("SELECT * FROM room")
    real = 'op.get_bind().engine.url.database.endswith("hearth.db")'
    drop = f'{real} and op.drop_column("room", "colour")'
    add_revision(hearth, "0016", drop)
    failed = hearth.flask("release")
    assert "release: restore" in failed.stdout
    assert hearth.sql("SELECT * FROM room") == before
    assert hearth.sql("SELECT version_num FROM alembic_version") == [("0015",)]
    assert hearth.page("/") == 200


def test_copying_while_old_code_still_writes(hearth):
    take(hearth, "migrations/versions/0016_expand.py")
    take(hearth, "migrations/versions/0017_copy.py")
    assert hearth.flask("db", "upgrade").ok  # copied; but the old code has not been told
    paint(hearth, "1", "lime")
    assert hearth.sql("SELECT colour, paint FROM room WHERE id = 1") == [("lime", "sage green")]


def test_the_check_of_a_pipeline_goes_red(hearth):
    hearth.add_column("ceiling: Mapped[str | None]")  # and nobody wrote a revision
    checked = hearth.flask("db", "check")
    assert checked.exit_code == 1
    assert "New upgrade operations detected" in checked.stdout + checked.stderr


# -- what the page says besides ----------------------------------------------------------------


def test_a_rename_with_old_and_new_code_side_by_side(hearth, second_copy):
    """Every colour survives the four releases, whoever writes it, and no page fails."""
    take(hearth, "migrations/versions/0016_expand.py")
    new = second_copy(hearth)
    assert hearth.flask("db", "upgrade").ok
    write_both(new)
    paint(hearth, "1", "lime")  # the old code
    paint(new, "2", "plum")  # the new code
    assert "lime" in seen(new, "1")
    assert "plum" in seen(hearth, "2")
    take(new, "migrations/versions/0017_copy.py")  # the old code has ended
    assert new.flask("db", "upgrade").ok
    assert hearth.sql(DIFFER) == [(0,)]
    setting(new, "HEARTH_READ_PAINT", "1")
    assert "lime" in seen(new, "1")
    write_paint_alone(hearth)  # the code after that, beside the code before it
    paint(hearth, "3", "pearl")
    assert "pearl" in seen(new, "3")
    take(hearth, "migrations/versions/0017_copy.py")
    take(hearth, "migrations/versions/0018_contract.py")  # all code but the last has ended
    assert hearth.flask("db", "upgrade").ok
    painted = hearth.sql("SELECT id, paint FROM room WHERE id <= 4 ORDER BY id")
    assert painted == [(1, "lime"), (2, "plum"), (3, "pearl"), (4, None)]


def test_what_check_says_in_each_release_of_a_rename(hearth):
    """Four releases, each of which leaves models and database equal; two shortcuts do not."""
    removed = "('remove_column', None, 'room', Column('{}', VARCHAR(length=30), table=<room>))"
    take(hearth, "migrations/versions/0016_expand.py")
    assert hearth.flask("db", "upgrade").ok
    assert removed.format("paint") in hearth.flask("db", "check").stderr  # 0016 without its code
    write_both(hearth)
    assert hearth.flask("db", "check").ok
    take(hearth, "migrations/versions/0017_copy.py")
    assert hearth.flask("db", "upgrade").ok
    assert hearth.flask("db", "check").ok
    hearth.edit("hearth/models.py", "Room(Painted, db.Model)", "Room(db.Model)")
    paint_alone = '    colour: Mapped[str | None] = mapped_column("paint", String(30))\n'
    hearth.edit("hearth/models.py", "    width: Map", f"{paint_alone}    width: Map")
    assert removed.format("colour") in hearth.flask("db", "check").stderr  # nobody hid it
    hide_colour(hearth)
    assert hearth.flask("db", "check").ok
    take(hearth, "migrations/versions/0018_contract.py")
    hearth.edit("hearth/leaving.py", '{("room", "colour")}', "set()")
    assert hearth.flask("db", "upgrade").ok
    assert hearth.flask("db", "check").ok


def test_a_write_that_began_before_the_copy(each_hearth):
    """A room is read, the copy fills paint, and the colour is cleared: both columns are empty."""
    take(each_hearth, "migrations/versions/0016_expand.py")
    assert each_hearth.flask("db", "upgrade").ok
    write_both(each_hearth)
    take(each_hearth, "migrations/versions/0017_copy.py")
    typed = each_hearth.shell(
        "from flask_migrate import upgrade",
        "room = db.session.get(Room, 1)",
        "read = room.colour, room.paint",
        "upgrade(revision='0017')",
        "room.colour = None",
        "db.session.commit()",
        "print('read', read)",
    )
    assert "read ('sage green', None)" in typed.stdout
    assert each_hearth.sql("SELECT colour, paint FROM room WHERE id = 1") == [(None, None)]
    assert each_hearth.sql("SELECT paint FROM room WHERE id = 2") == [("painter's red",)]


def test_queries_and_updates_may_name_the_colour(each_hearth):
    """A query reads the column of the flag, and an UPDATE without objects writes both."""
    take(each_hearth, "migrations/versions/0016_expand.py")
    assert each_hearth.flask("db", "upgrade").ok
    write_both(each_hearth)
    made = "db.session.add(Room(name='Loft', colour='plum'))"
    update = "db.update(Room).where(Room.colour == 'sage green').values(colour='lime')"
    assert each_hearth.shell(made, f"db.session.execute({update})", "db.session.commit()").ok
    where = "print(db.session.scalar(db.select(Room.name).filter_by(colour='lime')))"
    assert "Kitchen" in each_hearth.shell(where).stdout
    wanted = "SELECT name, colour, paint FROM room WHERE colour IN ('lime', 'plum') ORDER BY name"
    both = [("Kitchen", "lime", "lime"), ("Loft", "plum", "plum")]
    assert each_hearth.sql(wanted) == both


def test_rows_that_differ_are_counted_before_the_flag(hearth):
    """Whoever writes past the models writes one column, and the count tells."""
    take(hearth, "migrations/versions/0016_expand.py")
    take(hearth, "migrations/versions/0017_copy.py")
    assert hearth.flask("db", "upgrade").ok
    assert hearth.sql(DIFFER) == [(0,)]
    hearth.sql("UPDATE room SET colour = NULL WHERE id = 1")
    assert hearth.sql(DIFFER) == [(1,)]


def test_old_code_cannot_read_a_value_that_it_does_not_know(hearth):
    """A new word of an Enum is an addition, and old code fails on the first row that has it."""
    hearth.sql("UPDATE furniture SET condition = 'lost' WHERE id = 1")
    read = hearth.shell("db.session.scalars(db.select(Furniture)).all()")
    assert "'lost' is not among the defined enum values" in read.stderr


def test_a_column_that_is_mapped_is_read(hearth):
    """A query names every mapped column, also one that no page and no line of code uses."""
    hearth.add_column("ceiling: Mapped[str | None]")
    assert "room.ceiling" in hearth.shell("print(db.select(Room))").stdout
    assert hearth.page("/") == 503


def test_a_rename_of_a_required_column(each_hearth):
    """A required label becomes title: every release accepts new rows, and no label is lost."""
    code, labels = each_hearth, each_hearth.sql("SELECT label FROM furniture ORDER BY id")
    add, drop = 'op.add_column("furniture", sa.Column("title", sa.String(80)))', "op.drop_column"
    add_revision(code, "0016", add, down=f'{drop}("furniture", "title")')
    assert code.flask("db", "upgrade").ok
    furnish = "db.session.add(Furniture(label='{}', room_id=1)); db.session.commit()"
    assert code.shell(furnish.format("Old stool")).ok  # the old code
    write_title(code, "str", "str | None")
    assert code.flask("db", "check").ok
    assert code.shell(furnish.format("New stool")).ok
    take_required(code, "migrations/versions/0017_copy.py")
    assert code.flask("db", "upgrade").ok
    assert code.shell(furnish.format("Footstool")).ok  # the same code, beside the next
    write_title(code, "str | None", "str")
    assert code.flask("db", "check").ok
    code.edit("hearth/models.py", "Furniture(Titled, db.Model)", "Furniture(db.Model)")
    title_alone = '    label: Mapped[str] = mapped_column("title", String(80))\n'
    code.edit("hearth/models.py", "    bought_on: M", f"{title_alone}    bought_on: M")
    assert code.shell(furnish.format("Barstool")).ok
    hide_colour(code)
    code.edit("hearth/leaving.py", '("room", "colour")', '("furniture", "label")')
    assert code.flask("db", "check").ok
    add_revision(code, "0018", 'op.drop_column("furniture", "label")', below="0017")
    assert code.flask("db", "upgrade").ok
    stools = [("Old stool",), ("New stool",), ("Footstool",), ("Barstool",)]
    assert code.sql("SELECT title FROM furniture ORDER BY id") == labels + stools


def test_the_flag_chooses_what_is_read(hearth):
    """The feature flag chooses which column is read, and can be put back."""
    take(hearth, "migrations/versions/0016_expand.py")
    assert hearth.flask("db", "upgrade").ok
    write_both(hearth)
    hearth.sql("UPDATE room SET colour = 'lime', paint = 'plum' WHERE id = 1")
    assert "lime" in seen(hearth, "1")
    setting(hearth, "HEARTH_READ_PAINT", "1")
    assert "plum" in seen(hearth, "1")


def test_the_page_about_releases_waits_for_its_flag(hearth):
    """The table came with the code; the page comes with the flag."""
    assert "/releases" not in hearth.flask("routes").stdout
    setting(hearth, "HEARTH_SHOW_RELEASES", "1")
    assert hearth.page("/releases") == 200


def test_the_team_is_told_without_a_secret(hearth, webhook):
    """One message, which says what failed and holds neither a password nor the address."""
    address, told = webhook
    setting(hearth, "HEARTH_WEBHOOK", address)
    add_revision(hearth, "0016", 'raise ValueError("cannot reach hearth:sofa@db")')
    failed = hearth.flask("release")
    assert told == ["Hearth was not released: rehearsal failed with ValueError."]
    assert "sofa" in failed.stderr  # the terminal of whoever runs the release may know
    assert "S3CRET" not in failed.stdout + failed.stderr


def test_two_releases_at_once(hearth):
    """Of two releases at once, one upgrades; the other waits, finds nothing to do, and starts."""
    add_revision(hearth, "0016", 'op.execute("CREATE TABLE lamp (id INTEGER PRIMARY KEY)")')
    with ThreadPoolExecutor(2) as workers:
        ended = list(workers.map(lambda _: hearth.flask("release"), range(2)))
    assert [each.exit_code for each in ended] == [0, 0]
    assert sorted("release: upgrade" in each.stdout for each in ended) == [False, True]


def test_a_server_is_backed_up_with_its_own_tool(hearth):
    """`flask release` stops where it meets a server, before it has touched anything."""
    hearth.use("postgresql+psycopg://hearth@localhost/hearth")
    refused = hearth.flask("release")
    assert "flask release cannot back up a postgresql server" in refused.stderr


def test_a_release_of_code_older_than_the_database_is_refused(hearth):
    """`flask release` starts nothing on a database that is ahead of the code."""
    put_back(hearth, "0015")
    refused = hearth.flask("release")
    assert "database is at 0015, which this code does not have" in refused.stderr
    assert refused.exit_code == 1


@pytest.fixture
def photographed(hearth):
    """Lesson 7's app with its references guarded, and three photos of furniture."""
    hearth.edit("hearth/database.py", "from sqlalchemy import MetaData\n", GUARD)
    parent = "NOT NULL REFERENCES furniture (id) ON DELETE CASCADE"
    hearth.sql(f"CREATE TABLE photo (furniture_id INTEGER {parent})")
    hearth.sql("INSERT INTO photo SELECT id FROM furniture LIMIT 3")
    return hearth


def test_a_rebuilt_parent_keeps_its_children(photographed):
    """With stage 7's env.py a rebuilt table keeps what refers to it, in any revision of a run."""
    add_revision(photographed, "0016", 'op.execute("UPDATE furniture SET label = label")')
    add_revision(photographed, "0017", LONGER, below="0016")
    assert photographed.flask("db", "upgrade").ok
    ((made,),) = photographed.sql("SELECT sql FROM sqlite_master WHERE name = 'furniture'")
    assert "label VARCHAR(90)" in made
    assert photographed.sql("SELECT count(*) FROM photo") == [(3,)]


def test_a_revision_that_makes_orphans_is_taken_back(photographed):
    """The error names the rows, and nothing of the revision is left."""
    before = photographed.sql("SELECT * FROM furniture")
    gone = "DELETE FROM furniture WHERE id IN (SELECT furniture_id FROM photo)"
    add_revision(photographed, "0016", f'op.execute("{gone}")')
    refused = photographed.flask("db", "upgrade")
    assert refused.exit_code == 1
    assert "new rows refer to nothing (3): row 1 of photo (to furniture)" in refused.stderr
    assert photographed.sql("SELECT * FROM furniture") == before
    assert photographed.sql("SELECT version_num FROM alembic_version") == [("0015",)]


def test_orphans_from_before_stop_no_upgrade(hearth):
    """Hearth does not guard its references, so there may be orphans when an upgrade begins."""
    hearth.sql("UPDATE furniture SET room_id = 99 WHERE id = 1")
    add_revision(hearth, "0016", LONGER)
    assert hearth.flask("db", "upgrade").ok
    assert hearth.flask("db", "current").ok


def test_a_script_doubles_every_percent_sign(house):
    """`--sql` writes for PostgreSQL what its driver would send, and that has two signs for one."""
    add_revision(house, "0002", "op.execute(\"UPDATE room SET colour = '50% off'\")", below="0001")
    words = ("db", "upgrade", "0001:0002", "--sql")
    script = house.flask(*words).stdout
    assert "'50% off'" in script
    assert "BEGIN" not in script
    house.use("postgresql+psycopg://hearth@localhost/hearth")
    script = house.flask(*words).stdout
    assert "'50%% off'" in script
    assert script.startswith("BEGIN;")
    assert script.rstrip().endswith("COMMIT;")
