"""The standard check of what `flask db check` looks at: a filter must not hide what comes later."""

from remodel.course.layout import APP, ENV, FACTORY
from remodel.grading.answer import Answer
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import deep, guard, misconception, needs

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
    _db.UniqueConstraint("code", name="uq_visit_code"),
    _db.ForeignKeyConstraint(["street_id"], ["street.id"], name="fk_visit_street_id_street"),
    _db.Index("ix_visit_street_id", "street_id"),
)
for _name in ("catalogue", "furniture_label", "repair_log", "room_old", "vase", "version"):
    _db.Table(_name, _db.Column("id", _db.Integer, primary_key=True))
"""
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
    seen = _seen_later(project.copy())
    for line in _seen_later(project.copy().solved()):
        if line not in seen:
            raise Refused(
                "When the app has more tables than today, `flask db check` should say this, and "
                "yours does not:",
                f"  {line}",
                words=("include_object", "include_name", "compare_type"),
            )


def _seen_later(project: Project) -> list[str]:
    """What the check detects where the app has grown, in a database that has drifted."""
    project.empty().upgrade()
    files = {**project.answer.files}
    files[START] = files.get(START, b"") + LATER.encode()
    project.answer = Answer(project.exercise, f"{project.answer.name}+later", files)
    return project.drift(DRIFTED).detected()
