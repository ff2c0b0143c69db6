"""Answers graded on a PostgreSQL and on a MariaDB: real servers, which the grading starts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.experiments.house import mariadb_server, postgresql_server
from remodel.grading.engine import SQLITE, Engine
from remodel.grading.results import Check, Verdict
from remodel.grading.run import grade
from remodel.grading.session import AUDIT, Grading
from remodel.grading.terminal import verdict_lines
from remodel.playground.progress import Progress
from tests.conftest import SLUG, Remodel

__all__ = ["mariadb_server", "postgresql_server"]
#: Where the solutions are graded at every change, besides those of `verdicts`: a merge, text that
#: is cut in two, a type that changes, a commit in the middle, an index beside the writers. All
#: others are, every night.
IN_THE_GATE = {
    *("two-heads", "split-a-column", "text-to-number", "committed-halfway"),
    "index-without-blocking",
}
#: Some shipped wrong answers to rename-a-column, and a check that each of them fails.
WRONG = {
    "wrong/drop-and-add": "test_every_name_survives_the_rename",
    "wrong/downgrade-pass": "test_each_step_down_restores_what_was_there",
    "wrong/table-rebuilt": "test_no_other_row_or_value_is_lost",
}


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def verdicts(request: pytest.FixtureRequest) -> Iterator[dict[tuple[str, str], Verdict]]:
    """The verdicts on some shipped answers, by exercise and answer."""
    server = request.getfixturevalue(f"{request.param}_server")  # skips where there is none
    url, catalog = server.url, find_course()
    with closing(Grading.of(catalog, ["solution"], [7], policy=AUDIT, database=url)) as grading:
        both = [grading.catalog.exercise(slug) for slug in (SLUG, "rename-a-column")]
        made = grade(grading, both)
    with closing(Grading.of(catalog, [*WRONG], [7], policy=AUDIT, database=url)) as grading:
        made += grade(grading, [grading.catalog.exercise("rename-a-column")])
    yield {(verdict.exercise, verdict.answer): verdict for verdict in made}


@pytest.mark.parametrize("slug", [SLUG, "rename-a-column"])
def test_a_solution_passes_on_a_server(verdicts: dict[tuple[str, str], Verdict], slug: str) -> None:
    """With rows that the server takes, up and down again, and every page opens."""
    verdict = verdicts[slug, "solution"]
    assert verdict.status == "pass", verdict.failures or verdict.ungraded
    assert verdict.database in ("PostgreSQL", "MariaDB")
    assert {"test_every_page_of_the_app_answers", "test_the_schema_is_the_goal"} <= verdict.names


@pytest.mark.parametrize("answer", WRONG)
def test_a_wrong_answer_fails_on_a_server(
    verdicts: dict[tuple[str, str], Verdict], answer: str
) -> None:
    """And by the check that is about its fault."""
    verdict = verdicts["rename-a-column", answer]
    assert WRONG[answer] in {check.name for check in verdict.failures}, verdict.failures


def test_a_pass_on_a_server_says_so_and_is_no_progress(
    learner: Remodel, postgresql_server: object
) -> None:
    """Fewer checks are made there than on SQLite."""
    learner.solve()
    done = learner("check", SLUG, "--database", "postgresql")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "checks pass on PostgreSQL" in done.stdout
    assert "not\n  recorded as progress" in done.stdout
    assert SLUG not in Progress.read(Catalog(learner.course)).passed


@pytest.mark.parametrize(
    ("fewer", "words"),
    [
        (True, "On PostgreSQL, fewer checks are made than on SQLite,"),
        (False, "A verdict on PostgreSQL is not recorded as progress."),
    ],
)
def test_fewer_checks_are_said_only_where_fewer_are_made(fewer: bool, words: str) -> None:
    """What a script does is checked on a server as on SQLite; what a revision does, in part."""
    engine = Engine("PostgreSQL", cast(Any, object()))
    slug = "rename-a-column" if fewer else "one-at-a-time"
    exercise = engine.catalog(find_course()).exercise(slug)
    assert engine.makes_fewer_checks(exercise) is fewer
    verdict = Verdict(
        *(slug, "solution", 7, "subprocess"),
        checks=[Check("test_a", "A.", "pass")],
        database="PostgreSQL",
        elsewhere=True,
        fewer_checks=engine.makes_fewer_checks(exercise),
    )
    assert words in "\n".join(verdict_lines(verdict, find_course()))


@pytest.mark.slow
@pytest.mark.parametrize(
    "slug",
    [
        pytest.param(slug, marks=[] if slug in IN_THE_GATE else pytest.mark.nightly)
        for slug in find_course().exercises
    ],
)
@pytest.mark.parametrize("engine", ["postgresql", "mariadb"])
def test_every_solution_passes_on_every_server_or_says_why_not(
    request: pytest.FixtureRequest, engine: str, slug: str
) -> None:
    """`not_on` in exercise.toml holds the reason."""
    server, catalog = request.getfixturevalue(f"{engine}_server"), find_course()
    with closing(Grading.of(catalog, ["solution"], [7], database=server.url)) as grading:
        (verdict,) = grade(grading, [grading.catalog.exercise(slug)])
    exercise = catalog.exercise(slug)
    refused = engine in exercise.not_on or engine not in (exercise.databases or [engine])
    assert verdict.status == ("error" if refused else "pass"), verdict.failures or verdict.ungraded


#: Locks that are held by one machine, each in the place of the one that PostgreSQL keeps.
OF_ONE_MACHINE = {
    "a file beside the app": "with one_file_at_a_time():\n        yield",
    "a file in the temporary folder": (
        "import fcntl, tempfile\n"
        "    with open(tempfile.gettempdir() + '/upgrade-lock', 'w') as lock:\n"
        "        fcntl.flock(lock, fcntl.LOCK_EX)\n"
        "        yield"
    ),
    "a port": (
        "import socket\n"
        "    with socket.socket() as lock:\n"
        "        lock.bind(('127.0.0.1', 47351))\n"
        "        yield"
    ),
}


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("lock", OF_ONE_MACHINE)
def test_on_a_server_a_lock_of_one_machine_keeps_nobody_out(
    postgresql_server: Any, tmp_path: Path, lock: str
) -> None:
    """Each worker has a machine of its own there, and would hold a lock of its own."""
    catalog, file = find_course(), Path("migrations", "env.py")
    exercise = catalog.exercise("one-at-a-time")
    solution = (exercise.solution_path / file).read_text("utf-8")
    before, define, rest = solution.partition("def one_session_at_a_time():\n")
    after = rest[rest.index("\n\n\n") :]
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(f"{before}{define}    {OF_ONE_MACHINE[lock]}{after}", "utf-8")
    url = postgresql_server.url
    with closing(Grading.of(catalog, [str(tmp_path)], [7], database=url)) as grading:
        (verdict,) = grade(grading, [grading.catalog.exercise(exercise.slug)])
    (failure,) = verdict.failures
    assert "8 workers are in the revision at once" in " ".join(failure.message)
    assert not verdict.fewer_checks


#: Shipped answers to rename-without-downtime, and what the first refusal of each says.
ROLLED_OUT = {
    "right/every-row-is-copied": "",
    "right/by-an-event": "",
    "wrong/required-at-once": 'null value in column "label" of relation "furniture" violates',
    "wrong/name-goes-with-the-copy": "column furniture.name does not exist",
    "wrong/copies-what-is-empty": "the old app accepted 'word 12'; in the end furniture.label is",
}


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("answer", ROLLED_OUT)
def test_releases_are_judged_on_a_server_by_what_clients_lost(
    postgresql_server: Any, answer: str
) -> None:
    """Right answers pass, and wrong ones are refused for their true reason."""
    catalog, url = find_course(), postgresql_server.url
    with closing(Grading.of(catalog, [answer], [7], policy=AUDIT, database=url)) as grading:
        (verdict,) = grade(grading, [grading.catalog.exercise("rename-without-downtime")])
    said = [" ".join(failure.message) for failure in verdict.failures] or [""]
    assert ROLLED_OUT[answer] in said[0]
    assert verdict.status == ("pass" if answer.startswith("right/") else "fail")


#: How env.py of one-at-a-time may go about a connection that the server ends, each with what is
#: said of it; "" is a pass.
WITHOUT_A_CONNECTION = {
    "reported as a success": (
        """
    try:
        with one_at_a_time():
            run_migrations_online()
    except OperationalError:
        logger.warning('another worker is at it')
""",
        "A worker lost its connection, and ended as if it had upgraded.",
    ),
    "tried again": (
        """
    for _ in range(3):
        try:
            with one_at_a_time():
                run_migrations_online()
            break
        except OperationalError:
            get_engine().dispose()
""",
        "",
    ),
}


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("answer", WITHOUT_A_CONNECTION)
def test_a_lost_connection_is_no_success(
    postgresql_server: Any, tmp_path: Path, answer: str
) -> None:
    """Who catches the error has to try again: the worker may not end as if it had upgraded."""
    catalog, file = find_course(), Path("migrations", "env.py")
    exercise = catalog.exercise("one-at-a-time")
    solution = (exercise.solution_path / file).read_text("utf-8")
    upgrades = "    with one_at_a_time():\n        run_migrations_online()\n"
    own, said = WITHOUT_A_CONNECTION[answer]
    handed_in = f"from sqlalchemy.exc import OperationalError\n{solution}".replace(upgrades, own)
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(handed_in, "utf-8")
    url = postgresql_server.url
    with closing(Grading.of(catalog, [str(tmp_path)], [7], database=url)) as grading:
        (verdict,) = grade(grading, [grading.catalog.exercise(exercise.slug)])
    told = [(each.name, " ".join(each.message)) for each in verdict.failures]
    wanted = [("test_a_killed_worker_keeps_nobody_out", f"`flask crowd --killed`: Error: {said}")]
    assert told == (wanted if said else [])
    assert said or verdict.status == "pass"


def test_where_the_solution_cannot_pass_nothing_is_graded(
    looking: Remodel, postgresql_server: object
) -> None:
    """The reason is in exercise.toml."""
    slug = "leave-their-tables-alone"
    done = looking("check", slug, "--answers", "solution", "--database", "postgresql")
    assert done.returncode == 2, done.stdout + done.stderr
    assert f"{slug} is not graded on PostgreSQL:" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_sql_that_a_server_does_not_read_is_the_courses_own_fault(
    remodel: Remodel, postgresql_server: object
) -> None:
    """The author hears where it stands, and what to write."""
    slug = "leave-their-tables-alone"
    (toml,) = remodel.course.glob(f"exercises/*/{slug}/exercise.toml")
    toml.write_text(toml.read_text("utf-8").partition("[not_on]")[0], "utf-8")
    answers = ("--answers", "solution", "--changed-course", "--database", "postgresql")
    done = remodel("check", slug, *answers)
    assert done.returncode == 2, done.stdout + done.stderr
    words = " ".join(done.stdout.split())
    assert "the server refuses its SQL (syntax error" in words
    assert "say so under [not_on]" in words


@pytest.mark.parametrize(
    ("database", "variable", "sentence"),
    [
        ("oracle", "", "--database must be sqlite, postgresql, mariadb, or a URL"),
        ("sqlite:///house.db", "", "--database must be sqlite, postgresql, mariadb, or a URL"),
        ("postgresql", "REMODEL_POSTGRESQL_URL", "refuses"),
        ("mariadb", "REMODEL_MARIADB_URL", "refuses"),
        ("mysql+pymysql://nobody@127.0.0.1:1/none", "", "refuses"),
    ],
)
def test_without_a_server_nothing_is_graded(
    looking: Remodel, database: str, variable: str, sentence: str
) -> None:
    """Exit code 2, which is neither a pass nor a fail, and one sentence."""
    scheme = {"REMODEL_POSTGRESQL_URL": "postgresql", "REMODEL_MARIADB_URL": "mysql"}
    closed: dict[str, Any] = (
        {variable: f"{scheme[variable]}://nobody@127.0.0.1:1/none"} if variable else {}
    )
    answers = ("--answers", "solution", "--database", database)
    done = looking("check", SLUG, *answers, **closed)
    assert done.returncode == 2, done.stdout + done.stderr
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_sqlite_needs_no_driver_and_no_sqlalchemy() -> None:
    """Who grades on SQLite waits for none of them."""
    program = (
        "import sys, remodel.grading.pytest_plugin\n"
        "from remodel.grading.engine import Engine\n"
        f"Engine.opened({SQLITE!r})\n"
        "print([m for m in ('sqlalchemy', 'psycopg', 'pymysql') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
