"""Messages that you meet before the first revision."""


def test_without_init_app_there_is_no_db_command(fresh):
    line = "    migrate.init_app(app, db)\n"
    fresh.edit("hearth/__init__.py", line, "")
    assert "No such command 'db'" in fresh.flask("db", "upgrade").stderr
    fresh.edit("hearth/__init__.py", "    db.init_app(app)\n", "    db.init_app(app)\n" + line)
    assert fresh.flask("db", "upgrade").ok


def test_flask_looks_for_a_file_that_is_not_there(fresh):
    fresh.remove("wsgi.py")
    assert "Could not locate a Flask application" in fresh.flask("db", "upgrade").stderr
    assert fresh.flask("--app", "hearth", "db", "upgrade").ok


def test_the_named_module_holds_no_app(fresh):
    named = fresh.flask("--app", "hearth.database", "db", "upgrade")
    assert "Failed to find Flask application or factory in module" in named.stderr
    assert fresh.flask("--app", "hearth", "db", "upgrade").ok


def test_a_factory_with_an_argument_is_not_called(fresh):
    optional = "config: Mapping[str, object] | None = None"
    fresh.edit("hearth/__init__.py", optional, "config: Mapping[str, object]")
    named = fresh.flask("--app", "hearth", "db", "upgrade")
    assert "but could not call it without arguments" in named.stderr
    assert fresh.flask("--app", "hearth:create_app({})", "db", "upgrade").ok


def test_a_module_that_imports_the_app_imports_itself(fresh):
    first = "from flask_migrate import Migrate\n"
    fresh.edit("hearth/database.py", first, "from hearth import create_app\n" + first)
    assert "most likely due to a circular import" in fresh.flask("db", "upgrade").stderr


def test_no_database_was_named(fresh):
    named = 'os.environ.get("DATABASE_URL") or "sqlite:///hearth.db"'
    fresh.edit("hearth/__init__.py", f'    app.config["SQLALCHEMY_DATABASE_URI"] = {named}\n', "")
    said = fresh.flask("db", "upgrade").stderr
    assert "Either 'SQLALCHEMY_DATABASE_URI' or 'SQLALCHEMY_BINDS' must be set" in said


def test_the_old_name_of_postgresql_is_unknown(fresh):
    fresh.use("postgres://localhost/hearth")
    said = fresh.flask("db", "upgrade").stderr
    assert "Can't load plugin: sqlalchemy.dialects:postgres" in said


def test_the_driver_is_not_installed(fresh):
    fresh.use("mysql://localhost/hearth")
    assert "No module named 'MySQLdb'" in fresh.flask("db", "upgrade").stderr


def test_the_folder_of_the_database_is_not_there(fresh):
    fresh.use("sqlite:///no/such/folder.db")
    assert "unable to open database file" in fresh.flask("db", "upgrade").stderr


def test_there_is_no_folder_of_migrations(fresh):
    fresh.remove("migrations")
    said = fresh.flask("db", "upgrade").stderr
    assert "Please use the 'init' command to create a new scripts folder" in said
    assert fresh.flask("db", "init").ok


def test_init_refuses_a_folder_that_is_full(fresh):
    said = fresh.flask("db", "init").stderr
    assert "Directory migrations already exists and is not empty" in said


def test_migrate_was_not_given_the_database(fresh):
    fresh.edit("hearth/__init__.py", "migrate.init_app(app, db)", "migrate.init_app(app)")
    assert "'NoneType' object has no attribute 'engine'" in fresh.flask("db", "upgrade").stderr
    fresh.edit("hearth/database.py", "Migrate()", "Migrate(db=db)")
    assert fresh.flask("db", "upgrade").ok


def test_alembic_itself_knows_nothing_of_the_app(fresh):
    program = "from alembic.config import main"
    said = fresh.shell(program, "main(['-c', 'migrations/alembic.ini', 'upgrade', 'head'])").stdout
    assert "No 'script_location' key found in configuration" in said
    assert fresh.flask("db", "upgrade").ok


def test_a_script_has_no_app_context(fresh):
    fresh.edit("wsgi.py", "app = create_app()", "app = create_app()\ndb.create_all()")
    fresh.edit("wsgi.py", "import create_app", "import create_app\nfrom hearth.database import db")
    assert "Working outside of application context" in fresh.flask("db", "upgrade").stderr
    fresh.edit("wsgi.py", "db.create_all()", "with app.app_context():\n    print(db.engine.name)")
    assert fresh.flask("db", "upgrade").ok


def test_a_command_fails_without_a_word(fresh):
    section = "[logger_flask_migrate]\nlevel = INFO\nhandlers =\nqualname = flask_migrate\n\n"
    ini = (fresh.folder / "migrations/alembic.ini").read_text(encoding="utf-8")
    assert ",flask_migrate" in ini and section in ini
    fresh.edit("migrations/alembic.ini", ",flask_migrate", "")
    fresh.edit("migrations/alembic.ini", section, "")
    silent = fresh.flask("db", "stamp", "nope")
    assert silent.exit_code == 1 and "nope" not in silent.stdout + silent.stderr
    assert silent.stderr.rstrip().endswith("Will assume non-transactional DDL.")
    fresh.write("migrations/alembic.ini", ini, section.strip())
    assert "Can't locate revision identified by 'nope'" in fresh.flask("db", "stamp", "nope").stderr


def test_only_the_revisions_were_committed(fresh):
    assert fresh.flask("db", "init", "-d", "made").ok
    fresh.remove("migrations/env.py")
    assert "Can't find Python file migrations/env.py" in fresh.flask("db", "upgrade").stderr
    fresh.copy("made/env.py", "migrations/")
    fresh.remove("migrations/alembic.ini")
    said = fresh.flask("db", "upgrade").stderr  # the first is Python 3.11's
    assert "KeyError: 'formatters'" in said or "migrations/alembic.ini doesn't exist" in said
    fresh.copy("made/alembic.ini", "migrations/")
    assert fresh.flask("db", "upgrade").ok


def test_a_tutorial_with_flask_script(fresh):
    first = "from flask_migrate import Migrate"
    fresh.edit("hearth/database.py", first, f"{first}, MigrateCommand")
    said = fresh.flask("db", "upgrade").stderr
    assert "cannot import name 'MigrateCommand' from 'flask_migrate'" in said
    fresh.edit("hearth/database.py", f"{first}, MigrateCommand", first)
    assert fresh.flask("db", "upgrade").ok


def test_quotes_land_in_the_address(fresh):
    address = 'os.environ["DATABASE_URL"] = "\'sqlite:///hearth.db\'"'
    fresh.edit("wsgi.py", "from hearth import", f"import os\n\n{address}\nfrom hearth import")
    said = fresh.flask("db", "upgrade").stderr
    assert "Could not parse SQLAlchemy URL from given URL string" in said
    fresh.edit("wsgi.py", "\"'sqlite:///hearth.db'\"", '"sqlite://hearth.db"')
    assert "Invalid SQLite URL" in fresh.flask("db", "upgrade").stderr  # two slashes
    fresh.edit("wsgi.py", "sqlite://", "sqlite:///")
    assert fresh.flask("db", "upgrade").ok


def test_a_column_is_called_metadata(house):
    house.edit(
        "hearth/models.py",
        "    furniture: Map",
        "    metadata = db.Column(String(30))\n    furniture: Map",
    )
    said = house.flask("db", "migrate").stderr
    assert "object has an attribute 'tables'" in said
    house.edit("hearth/models.py", "metadata = db.Column(", 'extra = db.Column("metadata", ')
    assert house.flask("db", "migrate", "--rev-id", "0002").ok
    assert "'metadata'" in house.revision_text("0002")


def test_the_models_belong_to_another_object(house):
    house.edit(
        "hearth/models.py",
        "from hearth.database import db",
        "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()",
    )
    assert "Detected removed table 'room'" in house.flask("db", "migrate").stderr
    said = house.shell("from hearth import models", "models.Room.query.all()").stderr
    assert "is not registered with this 'SQLAlchemy' instance" in said


def test_the_server_is_not_there(fresh):
    fresh.use("postgresql+psycopg://hearth@127.0.0.1:1/hearth")
    assert "Connection refused" in fresh.flask("db", "upgrade").stderr


def test_the_file_may_not_be_written(house, write):
    write(house, "0002", 'op.add_column("room", sa.Column("size", sa.String(20)))')
    place = (house.folder / "instance/hearth.db").as_posix()
    house.use(f"sqlite:///file:{place}?mode=ro&uri=true")
    assert "attempt to write a readonly database" in house.flask("db", "upgrade").stderr
    house.use(None)
    assert house.flask("db", "upgrade").ok
