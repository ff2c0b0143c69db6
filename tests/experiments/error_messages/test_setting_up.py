"""Messages that you meet before the first revision."""

import shutil


def test_without_init_app_there_is_no_db_command(fresh):
    line = "    migrate.init_app(app, db)\n"
    fresh.edit("hearth/__init__.py", line, "")
    assert "No such command 'db'" in fresh.flask("db", "upgrade").stderr
    fresh.edit("hearth/__init__.py", "    db.init_app(app)\n", "    db.init_app(app)\n" + line)
    assert fresh.flask("db", "upgrade").ok


def test_flask_looks_for_a_file_that_is_not_there(fresh):
    (fresh.folder / "wsgi.py").unlink()
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
    shutil.rmtree(fresh.folder / "migrations")
    said = fresh.flask("db", "upgrade").stderr
    assert "Please use the 'init' command to create a new scripts folder" in said
    assert fresh.flask("db", "init").ok


def test_init_refuses_a_folder_that_is_full(fresh):
    said = fresh.flask("db", "init").stderr
    assert "Directory migrations already exists and is not empty" in said


def test_migrate_was_not_given_the_database(fresh):
    fresh.edit("hearth/__init__.py", "migrate.init_app(app, db)", "migrate.init_app(app)")
    assert "'NoneType' object has no attribute 'engine'" in fresh.flask("db", "upgrade").stderr
