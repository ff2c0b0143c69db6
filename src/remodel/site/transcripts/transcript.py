"""Console output for the page: real commands, run in a scratch copy of a stage."""

import fnmatch
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from remodel.course.layout import APP, database_file
from remodel.course.catalog import Catalog
from remodel.errors import CourseError
from remodel.course.exercise import Lesson
from remodel.site.transcripts.flask_shell import answered, lines_to_type
from remodel.site.transcripts.normalising import normalised
from remodel.scratch import lay_out, scratch
from remodel.course.toml_file import read_toml

SETTINGS = {
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
KINDS = ("run", "shell", "sql", "say", "take", "edit", "keep", "part", "copy", "remove")


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
        lesson = catalog.lessons.get(str(read_toml(script).get("app")))
        if lesson is None:
            raise CourseError(f"{script}: `app` names no lesson.")
        for name, text in _perform(catalog, lesson, script).items():
            made[folder / name] = text
    return made


def _perform(catalog: Catalog, lesson: Lesson, script: Path) -> dict[str, str]:
    told = read_toml(script)
    begins = catalog.lessons.get(told.get("app", lesson.name))
    if begins is None:
        raise CourseError(f"{script}: no lesson is called {told['app']!r}.")
    with scratch() as folder:
        stage = Stage(script, folder / "app", folder, lesson.app_files())
        lay_out(begins.app_files(), stage.app)
        for step in told.get("step", []):
            stage.take_step(step)
    texts = {
        f"{script.stem}{f'-{part}' if part else ''}.txt": "\n".join(shown).strip() + "\n"
        for part, shown in stage.parts.items()
        if shown
    }
    return {**texts, **stage.kept}


@dataclass
class Stage:
    """A scratch copy of an app in which the steps of one transcript are taken."""

    script: Path
    app: Path
    folder: Path
    own: Mapping[str, bytes]
    #: What was shown, by the name of the part; the first has none.
    parts: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    kept: dict[str, str] = field(default_factory=dict)

    def take_step(self, step: Mapping[str, Any]) -> None:
        """Do what `step` says; every step has exactly one kind."""
        kinds = [kind for kind in KINDS if kind in step]
        if len(kinds) != 1:
            raise CourseError(f"{self.script}: a step is one of {', '.join(KINDS)}, not {step!r}.")
        getattr(self, f"_{kinds[0]}")(step)

    def _run(self, step: Mapping[str, Any]) -> None:
        line = str(step["run"])
        program, *words = shlex.split(line)
        if program != "flask":
            raise CourseError(f"{self.script}: {line!r} is no flask command.")
        said = normalised(self._flask(words, step), self.app)
        if not step.get("hidden"):
            set_first = (f"{name}={value}" for name, value in step.get("env", {}).items())
            self._show(" ".join(["$", *set_first, line]), said)

    def _shell(self, step: Mapping[str, Any]) -> None:
        lines = lines_to_type(step["shell"])
        said = self._flask(["shell"], step, "\n".join(lines) + "\n")
        shown = ["$ flask shell"]
        for line, answer in answered(lines, said.replace("\r\n", "\n")):
            # One by one: a traceback ends where its line was answered.
            shown += [line, *([text] if (text := normalised(answer, self.app)) else [])]
        if not step.get("hidden"):
            self._show("\n".join(shown), "")

    def _flask(self, words: list[str], step: Mapping[str, Any], typed: str = "") -> str:
        done = subprocess.run(
            [str(FLASK), *words],
            cwd=self.app,
            env=_environment(self.folder) | step.get("env", {}),
            input=typed.encode("utf-8"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        said = done.stdout.decode("utf-8")
        if (done.returncode != 0) != step.get("fails", False):
            line = " ".join(["flask", *words])
            raise CourseError(f"{self.script}: {line!r} ended with {done.returncode}.\n{said}")
        return said

    def _sql(self, step: Mapping[str, Any]) -> None:
        database = database_file(self.app).with_name(step.get("database", f"{APP}.db"))
        if not database.exists():
            raise CourseError(f"{self.script}: there is no {database.name} to ask yet.")
        with closing(sqlite3.connect(database)) as connection, connection:
            rows = connection.execute(step["sql"]).fetchall()
        said = [" | ".join("NULL" if cell is None else str(cell) for cell in row) for row in rows]
        if not step.get("hidden"):
            # A cell may hold the text of a statement, with blanks at the ends of its lines.
            told = re.sub(r" +$", "", "\n".join(said or ["(no rows)"]), flags=re.MULTILINE)
            self._show(f"sql> {step['sql']}", told)

    def _say(self, step: Mapping[str, Any]) -> None:
        self._show(f"# {step['say']}", "")

    def _take(self, step: Mapping[str, Any]) -> None:
        wanted = {f: c for f, c in self.own.items() if _matches(f, step["take"])}
        if not wanted:
            raise CourseError(f"{self.script}: this stage has no file like {step['take']!r}.")
        lay_out(wanted, self.app)

    def _edit(self, step: Mapping[str, Any]) -> None:
        place = self.app / step["edit"]
        text = place.read_text(encoding="utf-8")
        if text.count(step["old"]) != 1:
            raise CourseError(
                f"{self.script}: {step['edit']} must hold {step['old']!r} once, "
                f"and holds it {text.count(step['old'])} times."
            )
        place.write_text(text.replace(step["old"], step["new"]), encoding="utf-8", newline="\n")

    def _part(self, step: Mapping[str, Any]) -> None:
        self.parts[step["part"]] = []

    def _keep(self, step: Mapping[str, Any]) -> None:
        content = (self.app / step["keep"]).read_text(encoding="utf-8")
        self.kept[step["as"]] = normalised(content, self.app)

    def _copy(self, step: Mapping[str, Any]) -> None:
        shutil.copyfile(self.app / step["copy"], self.app / step["to"])
        self._show(f"$ cp {step['copy']} {step['to']}", "")

    def _remove(self, step: Mapping[str, Any]) -> None:
        place = self.app / step["remove"]
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
        self._show(f"$ rm {'-r ' if step['remove'].endswith('/') else ''}{step['remove']}", "")

    def _show(self, line: str, said: str) -> None:
        list(self.parts.values())[-1].extend([line, *([said] if said else []), ""])


def _matches(file: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatch(file, pattern) for pattern in patterns)


def _environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k.upper() in ("SYSTEMROOT", "TEMP")}
    # A command may start another `flask`, which has to be this environment's as well.
    path = str(FLASK.parent) + os.pathsep + os.environ.get("PATH", "")
    return {**kept, **SETTINGS, "HOME": str(home), "PATH": path}
