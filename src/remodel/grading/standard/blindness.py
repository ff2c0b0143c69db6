"""The standard check of what `flask db check` looks at: a filter must not hide what comes later."""

from collections.abc import Callable

from remodel.course.layout import APP, ENV, FACTORY
from remodel.grading.answer import Answer, starter
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import deep, guard, misconception, needs
from remodel.history import VERSIONS

#: The files that say what Alembic compares, and how.
SETTINGS = (FACTORY, f"{APP}/database.py", ENV)
START = "wsgi.py"
#: What a later version of the app has more, at the end of wsgi.py: tables of every name.
LATER = """

import sys
from flask.cli import find_best_app
_db = find_best_app(sys.modules[__name__]).extensions["sqlalchemy"]
_db.Table("street", _db.Column("id", _db.Integer, primary_key=True))
_db.Table(
    "visit",
    _db.Column("id", _db.Integer, primary_key=True),
    _db.Column("code", _db.String(20)),
    _db.Column("day", _db.String(20)),
    _db.Column("street_id", _db.Integer),
    _db.Column("host_id", _db.Integer),
    _db.Column("mark", _db.Integer),
    _db.Column("note", _db.String(80)),
    _db.Column("size", _db.Integer),
    _db.Column("title", _db.String(60)),
    _db.UniqueConstraint("code", name="uq_visit_code"),
    _db.ForeignKeyConstraint(["street_id"], ["street.id"], name="fk_visit_street_id_street"),
    _db.Index("ix_visit_street_id", "street_id"),
)
for _name in {NAMES}:
    _db.Table(_name, _db.Column("id", _db.Integer, primary_key=True))
"""
#: Names of the tables, some of which begin or end like others that a filter may leave alone.
NAMES = ("catalogue", "furniture_label", "repair_log", "room_old", "vase", "version")
#: What its database has of that: neither all of it nor nothing else.
DRIFTED = """
CREATE TABLE street (id INTEGER NOT NULL, CONSTRAINT pk_street PRIMARY KEY (id));
CREATE TABLE visit (
    id INTEGER NOT NULL,
    code VARCHAR(20),
    day VARCHAR(20),
    street_id INTEGER,
    host_id INTEGER,
    mark INTEGER,
    note INTEGER,
    worn INTEGER,
    title VARCHAR(20),
    CONSTRAINT pk_visit PRIMARY KEY (id),
    CONSTRAINT uq_visit_day UNIQUE (day),
    CONSTRAINT fk_visit_host_id_street FOREIGN KEY (host_id) REFERENCES street (id)
);
CREATE INDEX ix_visit_mark ON visit (mark);
"""


@deep
@guard
@needs("test_an_empty_database_reaches_head")
@misconception("a-clean-check-has-compared")
def test_flask_db_check_sees_what_comes_later(project: Project) -> None:
    """`flask db check` sees what a later version of the app has more, and what it has no more."""
    if not any(map(project.exercise.accepts, SETTINGS)):
        return
    seen = _grown(project.copy()).detected()
    for line in _grown(project.copy().solved()).detected():
        if line not in seen:
            raise Refused(
                "When the app has more tables than today, `flask db check` should say this, and "
                "yours does not:",
                f"  {line}",
                words=("include_object", "include_name", "compare_type"),
            )


@deep
@guard
@needs("test_flask_db_check_sees_what_comes_later")
@misconception("an-option-is-for-today")
def test_flask_db_drafts_and_prints_as_it_did(project: Project) -> None:
    """`flask db migrate` drafts what comes later as it did, and `--sql` prints what it printed."""
    if not any(map(project.exercise.accepts, SETTINGS)) or not project.exercise.deployed:
        return
    for what, made in (("draft", _drafted), ("print", _printed)):
        solved, own = made(project.copy().solved()), made(project)
        for line in _given(project, made):
            if line in solved and line not in own:
                raise Refused(
                    f"{_WORDS[what]} should {what} this line, and yours does not:",
                    f"  {line}",
                    words=("Migrate(", "context.configure"),
                )
    if not _idle(project.copy().solved()) and _idle(project):
        raise Refused("Where nothing has changed, `flask db migrate` writes an empty revision.")


_WORDS = {
    "draft": "When the app has more tables than today, `flask db migrate`",
    "print": "`flask db upgrade --sql`",
}


def _given(project: Project, made: Callable[[Project], list[str]]) -> list[str]:
    """What is `made` of the app as it was given; [] where that cannot migrate yet."""
    given = project.copy()
    given.answer = starter(project.exercise)
    try:
        return made(given)
    except Refused:
        return []


def _grown(project: Project) -> Project:
    """The app with more tables than today, on a database that has drifted."""
    project.empty().upgrade()
    theirs = [name.partition("_")[0] for name in project.deployments.theirs.tables]
    names = (*NAMES, *(f"{word}s" for word in theirs))
    files = {**project.answer.files}
    files[START] = files.get(START, b"") + LATER.replace("{NAMES}", repr(names)).encode()
    project.answer = Answer(project.exercise, f"{project.answer.name}+later", files)
    return project.drift(DRIFTED)


def _drafted(project: Project) -> list[str]:
    return _draft(_grown(project.copy()))


def _idle(project: Project) -> list[str]:
    """What is drafted where there is nothing to do."""
    return _draft(project.copy().populated().upgrade())


def _draft(project: Project) -> list[str]:
    """The lines of the file that `flask db migrate` writes."""
    project.on_one_machine().flask("db", "migrate", "-m", "later", "--rev-id", "later")
    return _lines(project.left(f"{VERSIONS}later_later.py"))


def _printed(project: Project) -> list[str]:
    """The SQL of the revisions that are there already: one's own may ask the database."""
    last = project.exercise.deployed[-1]
    return _lines(project.copy().empty().flask("db", "upgrade", last, "--sql").stdout)


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and "Date" not in line and "evis" not in line]
