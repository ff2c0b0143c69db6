"""`remodel watch`: a check at every save, keys for what one asks next, and on to the next."""

import contextlib
import importlib
import io
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal

import click

from remodel.cli import keyboard
from remodel.cli.learning import SLUG, begin, exercise_meant, named, refuse_course_folder
from remodel.cli.output import screen_height
from remodel.cli.saves import is_noise, saves
from remodel.cli.shell import lines_elsewhere, shown_path
from remodel.cli.watch_view import View
from remodel.course import playground_mark
from remodel.course.catalog import Catalog, find_course
from remodel.course.exercise import Exercise
from remodel.course.layout import database_file
from remodel.errors import NotGraded, RemodelError
from remodel.playground.milestones import words_on_passed_over
from remodel.playground.places import exercise_here, playground_of
from remodel.playground.progress import Progress, next_exercise, passed_over
from remodel.wrapping import PassingLine, columns, wrap

if TYPE_CHECKING:
    from remodel.cli.checking import Checking
    from remodel.grading.results import Verdict

#: What has happened, and the key, the file, or the error that goes with it.
Event = tuple[Literal["key", "saved", "gone", "redraw"], str, Path]


@click.command()
@SLUG
@click.option("--seed", type=int, help="Check with the seed that a check has printed.")
def watch(slug: str | None, seed: int | None) -> None:
    """Check at every save; a key shows a hint, or goes on.

    Without SLUG: the exercise that you are at, or else the next one.
    """
    catalog = find_course()
    exercise, folder = _meant(catalog, slug)
    line = PassingLine(sys.stdout)
    line.show(f"  Checking {exercise.slug} …")
    # Only now: it takes a moment, and somebody waits.
    from remodel.cli.checking import Checking

    def check(exercise: Exercise, folder: Path) -> "Checking":
        return Checking(catalog, exercise, folder, None, seed, "auto")

    if keyboard.is_there():
        sys.exit(_on_screen(exercise, folder, check))
    with closing(check(exercise, folder)) as checking:
        line.clear()
        _as_stream(checking)


def _meant(catalog: Catalog, slug: str | None) -> tuple[Exercise, Path]:
    """The exercise meant, begun if need be, and its folder; the learner is at it from now on."""
    if not slug and not exercise_here(catalog, Path.cwd()):
        refuse_course_folder(catalog, Path.cwd())
        progress = Progress.read(catalog)
        following = next_exercise(catalog, progress)
        for words in words_on_passed_over(passed_over(catalog, progress)):
            click.echo("\n".join(wrap(words)))
        if following is None:
            raise NotGraded("You have passed all exercises. `remodel list` shows them.")
        slug = following.slug
    return _at(catalog, *exercise_meant(catalog, slug))


def _at(catalog: Catalog, exercise: Exercise, folder: Path) -> tuple[Exercise, Path]:
    if playground_mark.read(folder) is None:
        return exercise, begin(catalog, exercise)
    Progress.read(catalog).begin(exercise.slug, folder)
    return exercise, folder


def can_change(exercise: Exercise) -> Callable[[Path], bool]:
    """Tells whether a save of a file can change what is said of the exercise.

    Its own database is such a file, too: where it stands is said beside the verdict.
    """
    own = {database_file(Path(), bind) for bind in ("", *exercise.binds)}

    def matters(file: Path) -> bool:
        name = file.as_posix()
        graded = exercise.accepts(name) or name in exercise.given
        return file in own or (graded and not is_noise(file))

    return matters


# -- without a terminal ------------------------------------------------------------------------


def _as_stream(checking: "Checking") -> None:
    """One verdict below the other, each behind a line that says what was saved and when."""
    events: SimpleQueue[Event] = SimpleQueue()
    # Saves count from before the first check: somebody may save while it is made.
    with _saves_to(events, checking):
        checking.at_a_save()
        click.echo(f"Watching {checking.folder.name}/ for your next save. Ctrl-C ends it.")
        while True:
            kind, what, _ = events.get()
            if kind == "gone":
                raise NotGraded(what)
            click.echo(f"\n-- {_now()} {what}")
            checking.at_a_save()


def _now() -> str:
    return f"{datetime.now():%H:%M:%S}"


#: How long the thread that waits for saves is given to end; at the command's end it ends anyway.
_A_MOMENT = 1.0


# -- on a screen -------------------------------------------------------------------------------


def _on_screen(
    exercise: Exercise, folder: Path, check: Callable[[Exercise, Path], "Checking"]
) -> int:
    events: SimpleQueue[Event] = SimpleQueue()

    def hear(key: str) -> None:
        events.put(("key", key, Path()))

    def redraw() -> None:
        events.put(("redraw", "", Path()))

    with keyboard.heard(hear, redraw):
        while True:
            with closing(check(exercise, folder)) as checking, _saves_to(events, checking):
                ended = Watching(checking, events).until_next()
            if isinstance(ended, int):
                return ended
            exercise, folder = ended


@contextmanager
def _saves_to(events: "SimpleQueue[Event]", checking: "Checking") -> Iterator[None]:
    """While this lasts, each save in the exercise's folder is an event."""
    # Not by the thread: Ctrl-C during an import of ours would leave it waiting for its turn.
    importlib.import_module("watchfiles")
    stop, folder = threading.Event(), checking.folder

    def listen() -> None:
        try:
            for files in saves(folder, can_change(checking.exercise), stop):
                events.put(("saved", files[0].as_posix(), folder))
        except NotGraded as error:
            events.put(("gone", str(error), folder))

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=_A_MOMENT)


class Watching:
    """One exercise on the screen, until the learner leaves it."""

    def __init__(self, checking: "Checking", events: "SimpleQueue[Event]") -> None:
        self._checking, self._events = checking, events
        self._catalog, self._exercise = checking.catalog, checking.exercise
        self._line = PassingLine(sys.stdout)
        self._code = 1
        passed, total = Progress.read(self._catalog).numbers(self._catalog)
        self.view = View(named(self._exercise), shown_path(checking.folder), passed, total)

    def until_next(self) -> int | tuple[Exercise, Path]:
        """Check and answer keys; returns the exit code, or the exercise with which to go on."""
        self.view.judge(_task(self._exercise, self._checking.folder), False)
        self._check()
        while True:
            kind, what, folder = self._events.get()
            if kind == "key":
                ended = self._press(what)
                if ended is not None:
                    return ended
            elif kind == "redraw":
                self._draw()
            elif folder == self._checking.folder:
                if kind == "gone":
                    raise NotGraded(what)
                place = shown_path(self._checking.folder)
                self.view.place = f"{_now()} {what}, in {place}"
                self._check()

    def _press(self, key: str) -> int | tuple[Exercise, Path] | None:
        asked = self.view.press(key)
        if asked == "quit":
            self._line.clear()
            return self._code
        if asked == "next":
            return self._next()
        if asked:
            lines = _printed_by(asked, self._exercise.slug)
            here = [asked == "list" and f" {self._exercise.slug} " in line for line in lines]
            self.view.put_aside(lines, here.index(True) if any(here) else 0)
        self._draw()
        return None

    def _next(self) -> tuple[Exercise, Path] | None:
        following = next_exercise(self._catalog, Progress.read(self._catalog))
        if following is None:
            over = passed_over(self._catalog, Progress.read(self._catalog))
            self.view.notice = "That is all of them: there is no next one."
            if over:
                self.view.put_aside(tuple(wrap(" ".join(words_on_passed_over(over)))))
        else:
            try:
                return _at(self._catalog, following, playground_of(self._catalog, following))
            except RemodelError as error:
                self.view.put_aside(tuple(str(error).splitlines()))
        self._draw()
        return None

    def _check(self) -> None:
        from remodel.cli.checking import EXIT_CODES
        from remodel.grading.terminal import EarlyOnlooker

        self._draw()
        self._line.show("  Checking …")
        try:
            self._judge(
                self._checking.grade(EarlyOnlooker(sys.stdout, self._line, self._show_early))
            )
        except RemodelError as error:  # the next save may be one that can be graded
            self._code = EXIT_CODES["error"]
            reason = [line for part in str(error).splitlines() for line in wrap(part, "  ", "  ")]
            self.view.judge([f"? {self._exercise.slug}: not graded.", *reason], False)
        self._draw()

    def _judge(self, verdict: "Verdict") -> None:
        from remodel.cli.checking import EXIT_CODES
        from remodel.grading.terminal import verdict_lines

        self._code = EXIT_CODES[verdict.status]
        if verdict.status == "fail" and not self._is_changed():
            return  # what is to be done stays there
        notes = [*self._checking.notes(verdict), *self._checking.remember(verdict, "n")]
        lines = verdict_lines(verdict, self._catalog)
        lines += ["", *(line for each in notes for line in wrap(each, "  ", "  "))] if notes else []
        self.view.judge(lines, verdict.status == "pass")
        self.view.passed, _ = Progress.read(self._catalog).numbers(self._catalog)

    def _show_early(self, lines: list[str]) -> None:
        """Show the first refusal while the other checks are still made."""
        if self._is_changed():
            self.view.judge(lines, False)
            self._draw()

    def _is_changed(self) -> bool:
        from remodel.playground.folder import is_changed

        return is_changed(self._exercise, self._checking.folder)

    def _draw(self) -> None:
        self._line.clear()
        click.clear()
        for line in self.view.lines(columns(), screen_height() or 24):
            colour = {"✓": "green", "✗": "red", "?": "yellow", "★": "cyan"}.get(line.strip()[:1])
            click.echo(click.style(line, fg=colour) if colour else line)


def _task(exercise: Exercise, folder: Path) -> list[str]:
    """What is to be done, as long as nothing is: the goal, and where the rest stands."""
    text = exercise.reworded(exercise.page.read_bytes()).decode()
    goal = text.partition("## Goal\n")[2].partition("\n## ")[0].strip()
    paragraphs = [" ".join(part.split()) for part in goal.split("\n\n")]
    lines = [line for part in paragraphs for line in (*wrap(part), "")]
    return [
        *lines,
        *wrap("r shows the steps. Each save is checked here. In a second terminal:"),
        *(f"  {line}" for line in lines_elsewhere(folder)),
    ]


def _printed_by(command: str, slug: str) -> tuple[str, ...]:
    """What the command of that name prints."""
    group = click.get_current_context().find_root().command
    output = io.StringIO()
    arguments = [command] if command == "list" else [command, slug]
    shown = contextlib.redirect_stdout(output), contextlib.redirect_stderr(output)
    with shown[0], shown[1], _as_on_a_terminal():
        try:
            group.main(args=arguments, prog_name="remodel", standalone_mode=False)
        except click.ClickException as error:
            error.show()
    return tuple(output.getvalue().splitlines())


@contextmanager
def _as_on_a_terminal() -> Iterator[None]:
    """Have rich lay Markdown out, as it does on a terminal; click leaves the colours away again."""
    before = os.environ.get("FORCE_COLOR")
    os.environ["FORCE_COLOR"] = "1"
    try:
        yield
    finally:
        del os.environ["FORCE_COLOR"]
        if before is not None:
            os.environ["FORCE_COLOR"] = before


COMMANDS = (watch,)
