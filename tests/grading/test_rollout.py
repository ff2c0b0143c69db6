"""Releases one after the other, with apps that serve meanwhile: who is refused, what is lost."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from remodel.course.catalog import find_course
from remodel.database.server_store import ServerStore
from remodel.experiments.house import postgresql_server
from remodel.grading.answer import Answer, solution
from remodel.grading.project.own_releases import read_own_releases
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.workspace.stores import store_of_server
from remodel.grading.workspace.workspace import Workspace
from remodel.runner import open_runner
from remodel.servers.server import Server

__all__ = ["postgresql_server"]
MODELS = "hearth/models.py"
TYPED = {"name": "{word}", "room_id": "1", "bought_on": "", "owner": "", "value": ""}
PLAN: dict[str, Any] = {
    "codes": {"old": None, "new": {}},
    "steps": (
        ("the start of the old app", ("start", "the old app", "old")),
        ("the upgrade", ("upgrade", "new", "0009")),
        ("the start of the new app", ("start", "the new app", "new")),
        ("the end of the old app", ("stop", "the old app")),
    ),
    "asks": (
        ("POST", "/rooms/1/furniture/add", TYPED),
        ("POST", "/furniture/{row}/edit", TYPED),
    ),
    "table": "furniture",
    "page": "/rooms/1",
}


@contextmanager
def project_with(
    runner: str, models: str = "", store: ServerStore | None = None
) -> Iterator[Project]:
    """A change that adds one column, in a house with furniture."""
    opened = open_runner(runner)
    workspace = Workspace(opened, store=store)
    answer = solution(find_course().exercise("rename-without-downtime"))
    project = Project(answer, workspace, "1")
    files = {**project.answer.files, MODELS: project.exercise.given[MODELS] + models.encode()}
    project.answer = replace(project.answer, files=files)
    try:
        yield project.laid_out()
    finally:
        workspace.close()
        opened.close()


@pytest.fixture(params=["forkserver", "subprocess"])
def project(request: pytest.FixtureRequest) -> Iterator[Project]:
    """The same, with each runner that has processes."""
    with project_with(request.param) as house:
        yield house


def test_what_both_apps_accept_is_there_and_every_run_is_alike(project: Project) -> None:
    """Each request is answered, and the ledger is the same with another runner."""
    answered = project.roll_out(**PLAN).answered
    typed = {t["name"] for _, _, method, _, t, _ in answered if method == "POST"}
    edits = [(path, t["name"]) for _, _, _, path, t, _ in answered if path.endswith("edit")]
    written = {f"word {number}" for number in range(1, len(typed) + 1)}
    assert typed == written
    there = {f"/furniture/{row['id']}/edit": row["name"] for row in project.rows("furniture")}
    assert there.items() >= dict(edits).items()
    assert [app for _, app, method, *_ in answered if method == "POST"] == [
        *["the old app"] * 6,
        *["the old app"] * 2,
        *["the new app"] * 2,
        *["the new app", "the old app"],
        *["the new app"] * 3,
    ]


@pytest.mark.parametrize(
    ("models", "sentence"),
    [
        ("\nraise RuntimeError('no app')\n", r"The upgrade failed\.\n  RuntimeError: no app"),
        (
            "\n@db.event.listens_for(Furniture, 'before_insert')\ndef stop(*_):\n    1 / 0\n",
            "the start of the new app, the new app answered POST /rooms/1/furniture/add with 500",
        ),
        (
            "\n@db.event.listens_for(Furniture, 'before_update')\ndef stop(*_):\n"
            "    import os\n    os._exit(0)\n",
            "After the start of the new app, the new app ended",
        ),
        (
            "\n@db.event.listens_for(Furniture, 'before_update')\ndef alter(_, __, piece):\n"
            "    piece.name = 'Chair'\n",
            r"the old app does not show on /rooms/1 what the new app has accepted\.\n"
            r"It should show 'word \d+'\.",
        ),
        (
            "\n@db.event.listens_for(Furniture, 'load')\ndef read(piece, _):\n"
            "    piece.__dict__['name'] = 'Stale'\n",
            r"the new app does not show on /rooms/1 what the old app has accepted\.\n"
            r"It shows 'Stale' where 'word \d+' should be\.",
        ),
    ],
)
def test_who_is_refused_is_told_with_the_step(models: str, sentence: str) -> None:
    """An app that does not start, fails, ends or keeps something else is named.

    And of a page that is stale, what stands there, and what should.
    """
    with project_with("forkserver", models) as project, pytest.raises(Refused, match=sentence):
        project.roll_out(**PLAN)


not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn has no Windows")
#: One app, which is started and asked.
ONE_APP: dict[str, Any] = {
    **PLAN,
    "codes": {"new": {}},
    "steps": (("the start of the new app", ("start", "the new app", "new")),),
}


def told_of_one_app(models: str, store: ServerStore | None) -> str:
    """How the releases were refused."""
    with project_with("forkserver", models, store) as project, pytest.raises(Refused) as refused:
        project.roll_out(**ONE_APP)
    return str(refused.value)


SAYS_WHO_SERVES = """
@db.event.listens_for(Furniture, 'before_insert')
def stop(*_):
    from flask import request
    raise RuntimeError(request.environ['SERVER_SOFTWARE'].partition('/')[0])
"""


@not_on_windows
@pytest.mark.slow
def test_gunicorn_serves_where_the_database_is_on_a_server(postgresql_server: Server) -> None:
    """On SQLite it is what `flask run` serves with; a failure is told in the same words."""
    stores = (None, store_of_server(postgresql_server))
    accused = "After the start of the new app, the new app answered POST /rooms/1/furniture/add"
    assert [told_of_one_app(SAYS_WHO_SERVES, store) for store in stores] == [
        f"{accused} with 500.\n  RuntimeError: {server}" for server in ("Werkzeug", "gunicorn")
    ]


@not_on_windows
@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize(
    ("models", "sentence"),
    [
        ("raise RuntimeError('no app')", "RuntimeError: no app"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("import os; os._exit(0)", "it ended without a word"),
    ],
)
def test_an_app_that_gunicorn_cannot_start_is_told(
    postgresql_server: Server, models: str, sentence: str
) -> None:
    """Its worker is not started again and again."""
    told = told_of_one_app(f"\n{models}\n", store_of_server(postgresql_server))
    assert told == f"The start of the new app failed.\n  {sentence}"


LOOKS_FOR_THE_OTHER = """
import os, pathlib
numbers = pathlib.Path(os.environ['TMPDIR'], 'numbers')
for number in numbers.read_text().split() if numbers.exists() else []:
    if pathlib.Path('/proc', number).exists():
        raise RuntimeError('it goes on')
numbers.write_text(f"{os.getpid()} {os.getppid()}")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
def test_gunicorn_has_ended_when_the_next_step_begins(postgresql_server: Server) -> None:
    """Its parent and its worker."""
    steps = (
        ("the start of one app", ("start", "one app", "new")),
        ("the end of one app", ("stop", "one app")),
        ("the start of the other", ("start", "the other", "new")),
    )
    store = store_of_server(postgresql_server)
    with project_with("forkserver", LOOKS_FOR_THE_OTHER, store) as project:
        project.roll_out(**{**ONE_APP, "steps": steps})


PLANNED = """
# On production:
$ flask db stamp 0007  # has that already
flask db upgrade 0008
start releases/bridge/ HEARTH_READ_LABEL=1
flask db upgrade 0009
start .
flask db upgrade
"""


def planned(text: str) -> Answer:
    """The solution with these releases in releases.txt, and the code of a bridge."""
    answer = solution(find_course().exercise("rename-without-downtime"))
    bridge = {"releases/bridge/hearth/models.py": answer.files[MODELS]}
    return replace(answer, files={**answer.files, **bridge, "releases.txt": text.encode()})


def test_a_plan_is_read_as_it_is_taken() -> None:
    """A command is run by the code that starts next; an app ends when the next one serves."""
    plan = read_own_releases(planned(PLANNED), "releases.txt")
    bridge = "the app of releases/bridge with HEARTH_READ_LABEL=1"
    assert (plan.baseline, plan.serves) == ("0007", ".")
    assert plan.codes == {
        "old": None,
        "code-1": {MODELS: "releases/bridge/hearth/models.py"},
        "code-2": {},
    }
    assert [step for _, step in plan.steps] == [
        ("start", "the old app", "old"),
        ("stamp", "code-1", "0007"),
        ("upgrade", "code-1", "0008"),
        ("start", bridge, "code-1", "HEARTH_READ_LABEL=1"),
        ("stop", "the old app"),
        ("upgrade", "code-2", "0009"),
        ("start", "the new app", "code-2"),
        ("stop", bridge),
        ("upgrade", "code-2", "head"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("flask db downgrade 0001", "'flask db downgrade 0001' is no step of a release"),
        ("flask db upgrade 0008 && start .", "is no step of a release"),
        ("start ../elsewhere", r"no file lies in \.\./elsewhere"),
        ("start .\nstart .", "line 2: the new app is running already"),
    ],
)
def test_a_line_that_nobody_can_follow_is_named(text: str, sentence: str) -> None:
    """Another command, a folder without files or an app that runs already is refused."""
    with pytest.raises(Refused, match=sentence):
        read_own_releases(planned(text), "releases.txt")


def test_a_plan_is_taken_and_what_is_missing_is_told() -> None:
    """The database is stamped and upgraded; a row, old or new, that is another is named."""
    text = "flask db stamp 0008\nflask db upgrade 0009\nstart .\n"
    with project_with("forkserver") as project:
        files = {**planned(text).files, MODELS: project.answer.files[MODELS]}
        project.answer = replace(project.answer, files=files)
        plan = project.own_releases("releases.txt")
        before, paths = project.rows("furniture", "name"), [path for _, path, _ in PLAN["asks"]]
        rollout = project.roll_out(**{**PLAN, "codes": plan.codes, "steps": plan.steps})
        assert project.version == ("0009",)
        assert rollout.missing(before, project.rows("furniture", "name"), *paths) == []
        project.drift("UPDATE furniture SET name = 'Chair' WHERE name = 'word 1'")
        project.drift("UPDATE furniture SET name = 'Chair' WHERE name = 'Sea chest'")
        project.drift("DELETE FROM furniture WHERE name = 'Étagère'")
        project.drift("INSERT INTO furniture (name, room_id) VALUES ('Ladder', 1)")
        told = "\n".join(rollout.missing(before, project.rows("furniture", "name"), *paths))
    assert re.search(r"Row \d+ of furniture has the name 'Chair'; .* have 'Sea chest'\.\n", told)
    assert re.search(r"Row \d+ of furniture, 'Étagère', is gone\.\n", told)
    old = "After the start of the old app, the old app accepted 'word 1'"
    assert f"{old}; in the end furniture.name" in told
    assert told.endswith("The table furniture has rows that nobody wrote.")
    assert told.count("\n") == 3


def test_what_is_lost_is_told_with_who_accepted_it(project: Project) -> None:
    """A value that is another in the end is named with the app that accepted it."""
    rollout = project.roll_out(**PLAN)
    wanted = project.rows("furniture")
    project.drift("UPDATE furniture SET name = 'Chair' WHERE name = 'word 5'")
    (lost,) = rollout.lost(wanted, project.rows("furniture"))
    accepted = "After the upgrade, the old app accepted 'word 5'"
    assert lost.startswith(f"{accepted}; in the end furniture.name")
