"""What the blocks of cog in a page can call: tables, snippets, diffs, transcripts, questions."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from remodel.course.catalog import Catalog
from remodel.course.dialect_cases import read_dialect_outcomes, select_dialect_cases
from remodel.course.edits import diff_lines
from remodel.course.exercise import Exercise
from remodel.course.layout import TRANSCRIPTS
from remodel.course.lesson import Lesson
from remodel.course.myths import sections
from remodel.course.python_source import symbol
from remodel.course.quiz import on_page, read_quiz
from remodel.course.stages import changed_files, stage_before
from remodel.database.scope import NOT_COMPARED
from remodel.errors import CourseError
from remodel.servers.kinds import KINDS
from remodel.site.blocks import course as course_blocks
from remodel.site.blocks.quality import (
    opt_outs,
    rewrites_table,
    spoilers_table,
    standard_checks_table,
    unseen_table,
    value_changes_table,
    verdicts_table,
)
from remodel.site.blocks.verdict import verdict
from remodel.site.pictures import picture_link
from remodel.site.reference.dialects import row_of, what_each_did

#: What a stage does to files, in the order in which a page names them.
HOW_CHANGED = ("added", "edited", "removed")

F = TypeVar("F", bound=Callable[..., None])


def block(function: F) -> F:
    """Mark a method as one that the blocks of cog in a page can call, by its name."""
    function.is_block = True  # type: ignore[attr-defined]
    return function


class Blocks:
    """What a page's blocks can call. Each prints Markdown with an empty line around it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def words(self) -> dict[str, Callable[..., None]]:
        """The methods marked as blocks, by name."""
        marked = {
            name: function
            for kind in reversed(type(self).__mro__)
            for name, function in vars(kind).items()
            if hasattr(function, "is_block")
        }
        return {name: function.__get__(self) for name, function in marked.items()}

    @block
    def lessons_table(self, folder: str) -> None:
        """Every lesson in a row; `folder` is where the lessons lie, seen from the page."""
        rows = (
            f"| {each.number} | [{each.title}]({folder}/{each.name}/README.md) | {each.level} |"
            for each in self.catalog.lessons.values()
        )
        print_block(("| No. | Lesson | Level |", "|--:|---|---|", *rows))

    @block
    def ways_table(self, folder: str) -> None:
        """What each lesson offers; `folder` is where the lessons lie, seen from the page."""
        print_block(course_blocks.ways(self.catalog, folder))

    @block
    def teaching_table(self, folder: str) -> None:
        """Each lesson's plan and times, for instructors."""
        print_block(course_blocks.teaching(self.catalog, folder))

    @block
    def drills(self, folder: str) -> None:
        """The exercises that begin with something broken; `folder` is where they lie."""
        print_block(course_blocks.drills(self.catalog, folder))

    @block
    def play_lines(self, lesson: str) -> None:
        """The lines to type that run a lesson's app."""
        print_block(course_blocks.play(self.catalog, self.catalog.lessons[lesson]))

    @block
    def exercises_by_lesson(self, folder: str) -> None:
        """The exercises of each lesson that has some; `folder` is where they lie."""
        having = {exercise.lesson for exercise in self.catalog.exercises.values()}
        for lesson in self.catalog.lessons.values():
            if lesson.name in having:
                print(f"\n## {lesson.number}. {lesson.title}", end="")
                self.exercises_table(folder, lesson.name)

    @block
    def exercises_table(self, folder: str, lesson: str) -> None:
        """The exercises of one lesson, and how long its core takes."""
        rows = (
            f"| {_link(each, folder)} | `{each.slug}` | {each.minutes} | {_track(each)} |"
            for each in self.catalog.exercises.values()
            if each.lesson == lesson
        )
        core = f"The core takes {self.catalog.core_minutes(lesson)} minutes."
        head = ("| Exercise | Its name in commands | Minutes | Track |", "|---|---|--:|---|")
        print_block((core, "", *head, *rows))

    @block
    def verdict(self, exercise: str, answer: str) -> None:
        """A wrong answer to an exercise, and what the grader says to it."""
        print_block(verdict(self.catalog, exercise, answer))

    @block
    def quality_table(self) -> None:
        """What each grader refused and accepted, from docs/verdicts."""
        print_block(verdicts_table(self.catalog))

    @block
    def value_changes(self) -> None:
        """Every change of a value that a grader's rows can show, and the code that does it."""
        print_block(value_changes_table())

    @block
    def rewrites_table(self) -> None:
        """Who writes a solution otherwise, from docs/verdicts."""
        print_block(rewrites_table(self.catalog))

    @block
    def spoilers_table(self) -> None:
        """How many spoilers of both catalogues each grader refused, from docs/verdicts."""
        print_block(spoilers_table(self.catalog))

    @block
    def standard_checks(self) -> None:
        """Each standard check, and how many exercises make it or do without."""
        print_block(standard_checks_table(self.catalog))

    @block
    def standard_opt_outs(self) -> None:
        """Each standard check that an exercise does without, and why."""
        print_block(opt_outs(self.catalog))

    @block
    def unseen_changes(self) -> None:
        """Each column whose rows need not show every change of a value, and why."""
        print_block(unseen_table(self.catalog))

    @block
    def not_compared(self) -> None:
        """What of a schema is deliberately not compared, and why."""
        rows = (f"| {each.what} | {each.reason} |" for each in NOT_COMPARED)
        print_block(("| What is not compared | Why |", "|---|---|", *rows))

    @block
    def myths(self) -> None:
        """A section for each myth of docs/myths.toml."""
        print_block(sections(self.catalog))

    @block
    def notebooks_table(self) -> None:
        """The notebooks: the page that shows one after a run, and the file that Jupyter opens."""
        files = sorted(self.catalog.layout.notebooks.glob("*.ipynb"))
        lessons = [(self.catalog.lessons[file.stem], file.name) for file in files]
        rows = (
            f"| {each.number} | [{each.title}](../docs/notebooks/{each.name}.md) "
            f"| [to download]({name}) |"
            for each, name in lessons
        )
        print_block(("| No. | Lesson, after a run | Notebook |", "|--:|---|---|", *rows))


def _track(exercise: Exercise) -> str:
    """Core or more, and the database that has to be there."""
    server = KINDS.get(exercise.database)
    return f"{exercise.track}, needs {server.name}" if server else exercise.track


def _link(exercise: Exercise, folder: str) -> str:
    if not exercise.page.exists():
        return exercise.title
    return f"[{exercise.title}]({folder}/{exercise.lesson}/{exercise.slug}/README.md)"


class LessonBlocks(Blocks):
    """What the blocks of a lesson's page can call besides."""

    def __init__(self, catalog: Catalog, lesson: Lesson) -> None:
        super().__init__(catalog)
        self._lesson, self._before = lesson, stage_before(catalog, lesson)

    @block
    def snippet(self, file: str, *names: str) -> None:
        """Symbols of a file of the lesson, or all of it."""
        show_snippet(self._read(file), file, *names)

    @block
    def diff(self, file: str) -> None:
        """What this stage changed in `file`."""
        old = self._before.app_files().get(file, b"") if self._before else b""
        new = self._lesson.app_files().get(file, b"")
        base = self._before.name if self._before else "nothing"
        names = (f"{base}/{file}", f"{self._lesson.name}/{file}")
        lines = diff_lines(old.decode("utf-8"), new.decode("utf-8"), names)
        if not lines:
            raise CourseError(f"{names[1]} is the same as {names[0]}: there is no diff to show.")
        if not (self._before and old):
            show_code("diff", "\n".join(lines), file)
            return
        place = self.catalog.layout.relative(self._lesson.path / file)
        print_block([f"<!-- compared {place} {self._before.name} -->"])
        show_code("diff", "\n".join(lines), file)
        print_block(["<!-- /compared -->"])

    @block
    def transcript(self, name: str, *telling: str) -> None:
        """What a terminal showed; lines that hold a text of `telling` are marked."""
        show_transcript(self._read(f"{TRANSCRIPTS}/{name}.txt"), telling)

    @block
    def shown(self, name: str, *telling: str) -> None:
        """The same, for a page whose other boxes are typed: this one is not."""
        show_transcript(self._read(f"{TRANSCRIPTS}/{name}.txt"), telling, "Shown")

    @block
    def engines(self, name: str) -> None:
        """What the same migration does on three databases: a case of docs/dialects-cases.toml."""
        layout = self.catalog.layout
        [case] = select_dialect_cases(layout.dialect_cases, [name])
        row = row_of(case, read_dialect_outcomes(layout.dialect_outcomes))
        print_block(what_each_did(case, row, layout.relative(layout.dialect_cases)))

    @block
    def picture(self) -> None:
        """The app as this lesson leaves it."""
        words = "Hearth in a browser, as this lesson leaves it:"
        print_block((words, "", picture_link(self.catalog, self._lesson, self._lesson.page)))

    @block
    def changes(self) -> None:
        """Which files of the app this stage adds, edits and removes, folded up."""
        changed = changed_files(self._before, self._lesson)
        found = ((how, [f for f, was in changed.items() if was == how]) for how in HOW_CHANGED)
        files = {how: names for how, names in found if names}
        counted = ", ".join(f"{len(names)} {how}" for how, names in files.items())
        print_block(('<details markdown="1">', f"<summary>The files: {counted}</summary>"))
        for how, names in files.items():
            print(f"{how.capitalize()}:", "", *(f"- `{name}`" for name in names), "", sep="\n")
        print("</details>\n")

    @block
    def objectives(self) -> None:
        """What the learner will be able to do."""
        print_block([f"- {each}." for each in self._lesson.objectives])

    @block
    def key_points(self) -> None:
        """What to remember."""
        print_block([f"- {each}" for each in self._lesson.key_points])

    @block
    def exercises(self) -> None:
        """The lesson's exercises."""
        self.exercises_table("../../exercises", self._lesson.name)

    @block
    def question(self, *ids: str) -> None:
        """Questions of the lesson's quiz, by their ids."""
        file = self._lesson.quiz
        bank = {each.id: each for each in read_quiz(file)}
        for each in ids:
            if each not in bank:
                raise CourseError(f"quiz.toml of {self._lesson.name} has no question {each!r}.")
            print_block(on_page(bank[each], file, self.catalog.root))

    @block
    def more_questions(self) -> None:
        """Where to be asked more; on the site, drawn questions stand in place of the sentence."""
        file = self.catalog.layout.drawn(self._lesson.name)
        more = f"`remodel quiz --more {self._lesson.number}` draws questions without end"
        words = f"Do you want more? {more}, and says what you seem to believe."
        opening = f"<!-- drawn {self.catalog.layout.relative(file)} -->"
        print_block([opening, "", words, "", "<!-- /drawn -->"])

    def _read(self, file: str) -> str:
        place = self._lesson.path / file
        if not place.is_file():
            raise CourseError(f"{place} is missing. Write it, or run `remodel dev refresh`.")
        return place.read_text(encoding="utf-8")


def print_block(lines: Iterable[str]) -> None:
    """Print `lines` with an empty line before and after, as Markdown wants it."""
    print("", "\n".join(lines).strip("\n"), "", sep="\n")


def show_snippet(text: str, file: str, *names: str) -> None:
    """Print symbols of the text of `file`, or all of it, as code."""
    parts = [symbol(text, name, file) for name in names] or [text.rstrip()]
    language = {"py": "python", "sql": "sql", "toml": "toml"}.get(file.rsplit(".")[-1], "text")
    # A learner has no folder of transcripts: the name of the draft is enough.
    show_code(language, "\n\n\n".join(parts), file.removeprefix(f"{TRANSCRIPTS}/"))


def show_transcript(text: str, telling: Sequence[str] = (), title: str | None = None) -> None:
    """Print what a terminal showed, with each line marked that is, or holds, one of `telling`."""
    lines = text.rstrip().splitlines()
    marked = {number for each in telling for number in _lines_with(each, lines)}
    show_code("console", "\n".join(lines), title, sorted(marked))


def _lines_with(text: str, lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that are `text`; where none is, of those that hold it."""
    numbered = list(enumerate(lines, 1))
    found = [number for number, line in numbered if line == text]
    found = found or [number for number, line in numbered if text in line]
    if not found:
        raise CourseError(f"No line holds {text!r}, which is to be marked:\n" + "\n".join(lines))
    return found


def show_code(
    language: str, text: str, title: str | None = None, marked: Sequence[int] = ()
) -> None:
    """Print `text` as a block of code, with the lines of these numbers marked."""
    named = f' title="{title}"' if title else ""
    marks = f' hl_lines="{" ".join(map(str, marked))}"' if marked else ""
    print_block((f"```{language}{named}{marks}", text, "```"))
