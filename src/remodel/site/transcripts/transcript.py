"""Console output for the page: real commands, run in a scratch copy of a stage."""

import contextlib
import fnmatch
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from msgspec.structs import replace

from remodel.course.layout import database_file
from remodel.course.catalog import Catalog
from remodel.database.answers import answer_lines, table_lines
from remodel.errors import CourseError
from remodel.grading.lock_lines import lock_lines
from remodel.grading.project.printed import printed
from remodel.grading.workspace.stores import server_of_kind, store_of_kind
from remodel.runner import Command, opened
from remodel.runner.locks import LockedStatement
from remodel.course.lesson import Lesson
from remodel.site.transcripts.film import Frame, Idle, RecordedFilm, revision_ids, take_frame
from remodel.site.transcripts.flask_shell import answered, lines_to_type
from remodel.site.transcripts.normalising import normalised
from remodel.course.edits import replace_in_file
from remodel.scratch import lay_out, scratch
from remodel.course.toml_file import error_at
from remodel.site.transcripts.script import Film, Script, Step, read_script

TERMINAL_ENVIRONMENT = {
    # Both streams arrive in the order in which a terminal shows them.
    "PYTHONUNBUFFERED": "1",
    # A cached module would hide an edit of the same second.
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
}
#: The program of this environment, which names itself as a learner types it.
FLASK = Path(sys.executable).with_name("flask")


def transcripts(catalog: Catalog, lesson: Lesson) -> dict[Path, str]:
    """Run every transcript of `lesson`: where each result belongs, and its text."""
    scripts = sorted(lesson.transcripts.glob("*.toml"))
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = pool.map(lambda script: _perform(catalog, lesson, script), scripts)
        return {lesson.transcripts / name: text for made in results for name, text in made.items()}


def documents(catalog: Catalog) -> dict[Path, str]:
    """The same for the pages of docs/, whose transcripts say which lesson's `app` they begin in."""
    folder = catalog.layout.transcripts
    made: dict[Path, str] = {}
    for script in sorted(folder.glob("*.toml")):
        made |= {folder / name: text for name, text in perform(catalog, script).items()}
    return made


def perform(catalog: Catalog, script: Path) -> dict[str, str]:
    """Run one script of the pages of docs/: the names of its files, and their texts."""
    lesson = catalog.lessons.get(read_script(script).app or "")
    if lesson is None:
        raise CourseError(f"{script}: `app` must be one of {', '.join(catalog.lessons)}.")
    return _perform(catalog, lesson, script)


def _perform(catalog: Catalog, lesson: Lesson, file: Path) -> dict[str, str]:
    script = read_script(file)
    begins = catalog.lessons.get(script.app or lesson.name)
    if begins is None:
        raise error_at(file, ("app",), f"must be one of {', '.join(catalog.lessons)}.")
    with scratch() as folder, contextlib.ExitStack() as until_done:
        session = Session(file, folder / "app", folder, lesson.app_files(), script.film)
        if script.database != "sqlite":
            server = server_of_kind(script.database)
            session.url = until_done.enter_context(server.database())
        lay_out(begins.app_files(), session.app)
        for step in script.steps:
            STEPS[step.kind](session, step)
    texts = {
        f"{file.stem}{f'-{part}' if part else ''}.txt": "\n".join(lines).strip() + "\n"
        for part, lines in session.parts.items()
        if lines
    }
    return {**texts, **session.kept, **_film(file, script, session)}


def _film(file: Path, script: Script, session: "Session") -> dict[str, str]:
    if script.film is None:
        return {}
    recording = RecordedFilm(script.film.title, tuple(session.frames))
    return {f"{file.stem}.json": recording.as_json()}


@dataclass
class Session:
    """A scratch copy of an app in which the steps of one transcript are taken."""

    script: Path
    app: Path
    folder: Path
    own: Mapping[str, bytes]
    film: Film | None = None
    #: What was shown, by the name of the part; the first has none.
    parts: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    kept: dict[str, str] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    #: The revisions that were there when the film began.
    given: frozenset[str] = frozenset()
    #: The database of a server; "" where it is a file of the app's.
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What a command finds."""
        return _environment(self.folder) | ({"DATABASE_URL": self.url} if self.url else {})

    def flask(self, words: list[str], step: Step, typed: str = "") -> str:
        """What `flask WORDS` prints; raises CourseError where it ends as it should not."""
        done = subprocess.run(
            [str(FLASK), *words],
            cwd=self.app,
            env=self.environment | dict(step.env),
            input=typed.encode("utf-8"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        output = done.stdout.decode("utf-8")
        if (done.returncode != 0) != step.fails:
            line = " ".join(["flask", *words])
            raise CourseError(f"{self.script}: {line!r} ended with {done.returncode}.\n{output}")
        return output

    def show(self, line: str, output: str = "") -> None:
        """Let the reader see a line that is typed, and what came of it."""
        list(self.parts.values())[-1].extend([line, *([output] if output else []), ""])


def _run(session: Session, step: Step) -> None:
    line = step.run or ""
    program, *words = shlex.split(line)
    if program != "flask":
        raise CourseError(f"{session.script}: {line!r} is not a flask command.")
    output = normalised(session.flask(words, step), session.app, set_up=step.set_up)
    if not step.hidden:
        set_first = (f"{name}={value}" for name, value in step.env.items())
        session.show(" ".join(["$", *set_first, line]), output)


def _shell(session: Session, step: Step) -> None:
    lines = lines_to_type(step.shell or "")
    output = session.flask(["shell"], step, "\n".join(lines) + "\n")
    shown = ["$ flask shell"]
    for line, answer in answered(lines, output.replace("\r\n", "\n")):
        # One by one: a traceback ends where its line was answered.
        shown += [line, *([text] if (text := normalised(answer, session.app)) else [])]
    if not step.hidden:
        session.show("\n".join(shown))


def _sql(session: Session, step: Step) -> None:
    lines = _on_the_server(session, step) if session.url else _in_the_file(session, step)
    if not step.hidden:
        # A cell may hold the text of a statement, with blanks at the ends of its lines.
        answer = re.sub(r" +$", "", "\n".join(lines), flags=re.MULTILINE)
        session.show(f"sql> {step.sql}", answer)


def _on_the_server(session: Session, step: Step) -> list[str]:
    engine = sa.create_engine(session.url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            answer = connection.exec_driver_sql(step.sql or "")
            if not answer.returns_rows:
                return []
            return table_lines([*answer.keys()], [tuple(row) for row in answer])
    except sa.exc.DBAPIError as error:
        if not step.fails:
            raise
        return [f"ERROR:  {str(error.orig).splitlines()[0]}"]
    finally:
        engine.dispose()


def _locks(session: Session, step: Step) -> None:
    store = store_of_kind("postgresql")
    words = ("x-ray", "locks:", "db", step.locks or "")
    with store.restored(store.read(session.url)) as copy, opened("subprocess") as runner:
        environment = session.environment | {"DATABASE_URL": copy}
        completed = runner.run(Command(words, session.app, environment, 60.0))
    statements = printed(completed, "locks:", list[LockedStatement])
    if statements is None:
        raise CourseError(f"{session.script}: {step.locks} failed.\n{completed.stderr}")
    shown = [each for each in statements if "alembic_version" not in each.statement]
    session.show("$ remodel show --locks", "\n".join(lock_lines(shown, completed)[1:]))


def _in_the_file(session: Session, step: Step) -> list[str]:
    database = database_file(session.app).with_name(step.database)
    if not database.exists():
        raise CourseError(f"{session.script}: there is no {database.name} to ask yet.")
    with closing(sqlite3.connect(database)) as connection, connection:
        return answer_lines(connection.execute(step.sql or ""))


def _say(session: Session, step: Step) -> None:
    session.show(f"# {step.say}")


def _take(session: Session, step: Step) -> None:
    taken = {f: c for f, c in session.own.items() if _matches(f, step.take or ())}
    if not taken:
        raise CourseError(f"{session.script}: this stage has no file like {step.take!r}.")
    lay_out(taken, session.app)


def _edit(session: Session, step: Step) -> None:
    try:
        replace_in_file(session.app, step.edit or "", step.old, step.new)
    except CourseError as error:
        raise CourseError(f"{session.script}: {error}") from error


def _part(session: Session, step: Step) -> None:
    session.parts[step.part or ""] = []


def _keep(session: Session, step: Step) -> None:
    content = (session.app / (step.keep or "")).read_text(encoding="utf-8")
    session.kept[step.name] = normalised(content, session.app)


def _copy(session: Session, step: Step) -> None:
    shutil.copyfile(session.app / (step.copy or ""), session.app / step.to)
    if not step.hidden:
        session.show(f"$ cp {step.copy} {step.to}")


def _remove(session: Session, step: Step) -> None:
    name = step.remove or ""
    place = session.app / name
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink()
    if not step.hidden:
        session.show(f"$ rm {'-r ' if name.endswith('/') else ''}{name}")


def _frame(session: Session, step: Step) -> None:
    if not session.frames:
        session.given = revision_ids(session.app)
    session.frames.append(_seen(session, step.by, step.frame or ""))


def _idle(session: Session, step: Step) -> None:
    """Show that a command changes nothing: the next picture is the same as the last."""
    last = session.frames[-1]
    output = session.flask(shlex.split(step.idle or "")[1:], step)
    for words in re.findall("“(.+?)”", step.says):
        if words not in output:
            raise CourseError(f"{session.script}: {step.idle!r} does not say {words!r}.\n{output}")
    if _seen(session, last.by, last.says) != replace(last, idle=()):
        raise CourseError(f"{session.script}: {step.idle!r} is not idle: it changes what is seen.")
    session.frames[-1] = replace(last, idle=(*last.idle, Idle(step.by, step.says)))


def _seen(session: Session, by: str, says: str) -> Frame:
    if session.film is None:
        raise CourseError(f"{session.script}: a frame needs a [film] that says what to watch.")
    return take_frame(session.app, session.film, by, says, session.given)


#: What each kind of step does.
STEPS: Mapping[str, Callable[[Session, Step], None]] = {
    "run": _run,
    "shell": _shell,
    "sql": _sql,
    "say": _say,
    "take": _take,
    "edit": _edit,
    "keep": _keep,
    "part": _part,
    "copy": _copy,
    "remove": _remove,
    "frame": _frame,
    "idle": _idle,
    "locks": _locks,
}


def _matches(file: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(file, pattern) for pattern in patterns)


def _environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k.upper() in ("SYSTEMROOT", "TEMP")}
    # A command may start another `flask`, which has to be this environment's as well.
    path = str(FLASK.parent) + os.pathsep + os.environ.get("PATH", "")
    return {**kept, **TERMINAL_ENVIRONMENT, "HOME": str(home), "PATH": path}
