"""The answers that questions call right are what Flask-Migrate leaves, typed in a terminal."""

import random
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.families import Families, Family
from remodel.experiments.questions.alembic_run import TYPED_SQL, lay_out, question_database
from remodel.experiments.questions.drawing import draw
from remodel.experiments.questions.outcome import looks_of, option_text, seen
from remodel.experiments.questions.template import filled
from tests.conftest import BIN

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
COURSE = find_course()
FAMILIES = Families(COURSE)
#: A file is no server: what PostgreSQL leaves is asked of it in test_questions.py.
ON_SQLITE = [name for name, each in FAMILIES.by_name.items() if each.database == "SQLite"]
SAID = re.compile(
    r"^(?:INFO  \[alembic\.autogenerate\S*\] )?(Detected .*|No new upgrade .*)$", re.M
)
MIGRATIONS = COURSE.lessons["03-setting-up"].path / "migrations"
APP = """
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import *
from sqlalchemy import event
from sqlalchemy.orm import *

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///{database}"
db = SQLAlchemy(app)
Migrate(app, db)
{models}
with app.app_context():
    event.listen(
        db.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = {keys}")
    )
"""


def lay_down(family: Family, folder: Path) -> Path:
    """An app with the family's revisions, and its database as the question begins."""
    database = folder / "question.db"
    with question_database(family) as start, sqlite3.connect(database) as file:
        assert isinstance(start.raw, sqlite3.Connection)
        start.raw.backup(file)
    shutil.copytree(MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("versions"))
    (folder / "made").mkdir()
    lay_out(family, folder / "made")
    (folder / "made" / "versions").rename(folder / "migrations" / "versions")
    keys = int(family.foreign_keys)
    text = APP.format(database=database, models=family.models, keys=keys)
    (folder / "app.py").write_text(text, encoding="utf-8")
    return database


def typed(family: Family, folder: Path, database: Path) -> int:
    """Type the commands; returns which of them has failed, or 0."""
    for number, line in enumerate(family.run, 1):
        if line.startswith(TYPED_SQL):
            with sqlite3.connect(database) as connection:
                connection.execute(line.removeprefix(TYPED_SQL))
            continue
        words = [str(BIN / "flask"), *line.split()[1:]]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=120)
        (folder / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode:
            return number
    return 0


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ON_SQLITE)
def test_flask_leaves_what_the_right_option_says(name: str, seed: int, tmp_path: Path) -> None:
    """The stock env.py, a file, a process for each command: the same outcome."""
    family = filled(FAMILIES.by_name[name], random.Random(f"{name} {seed}"))
    database = lay_down(family, tmp_path)
    looks = looks_of(family)
    with question_database(family) as start:
        before = seen(looks, start.raw)
    stopped = typed(family, tmp_path, database)
    with sqlite3.connect(database) as connection:
        text = option_text(family, stopped, seen(looks, connection), before)
    if family.models:
        text = "\n".join(SAID.findall((tmp_path / "said.txt").read_text(encoding="utf-8")))
    assert text in [option.text for option in draw(FAMILIES, name, seed).options if option.right]
