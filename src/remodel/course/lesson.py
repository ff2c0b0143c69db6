"""A lesson: what its folder holds, and what its lesson.toml says."""

from pathlib import Path
from typing import Literal

import msgspec

from remodel.course.layout import APP_FILES, APP_TREES, BEGINS, CARDS, PAGE, QUIZ, TRANSCRIPTS
from remodel.course.toml_file import Text, TomlStruct, read_struct
from remodel.course.tree import read_tree


class Minutes(TomlStruct):
    """How long a lesson takes, without its exercises."""

    teaching: int


class Beginning(TomlStruct):
    """The files with which a reader begins a lesson; the databases lie in its folder `begins`."""

    #: The lesson whose app they are.
    app: Text


class Pictured(TomlStruct):
    """What the picture of the app shows, as the lesson leaves it."""

    #: The page of the app.
    path: Text
    #: The same in words, for those who cannot see it.
    shows: Text


class LessonSettings(TomlStruct, kw_only=True):
    """What lesson.toml says."""

    title: Text
    level: Literal["Foundation", "Intermediate", "Advanced", "Expert"]
    minutes: Minutes
    begins: Beginning
    #: Patterns of the app's files that this stage adds or edits.
    changes: tuple[str, ...]
    #: Files of the stage before that this one no longer has.
    removes: tuple[str, ...] = ()
    questions: tuple[str, ...]
    objectives: tuple[str, ...]
    key_points: tuple[str, ...]
    #: Ids of the myths that the lesson has the knowledge to settle.
    myths: tuple[str, ...] = ()
    picture: Pictured | None = None


class Lesson(LessonSettings, kw_only=True):
    """One stage of the course: a folder with a whole app in it."""

    name: str
    path: Path

    @classmethod
    def read(cls, file: Path) -> "Lesson":
        """The lesson of a lesson.toml; raises CourseError where that is malformed."""
        settings = msgspec.structs.asdict(read_struct(file, LessonSettings))
        return cls(name=file.parent.name, path=file.parent, **settings)

    @property
    def number(self) -> int:
        """The stage's number, 1 to 7."""
        return int(self.name.split("-")[0])

    @property
    def page(self) -> Path:
        """What the learner reads."""
        return self.path / PAGE

    @property
    def pages(self) -> list[Path]:
        """All that is read and typed, in order: `page`, then the folder's others by their names."""
        return [self.page, *sorted(set(self.path.glob("*.md")) - {self.page})]

    @property
    def quiz(self) -> Path:
        """The lesson's questions; the file need not be there."""
        return self.path / QUIZ

    @property
    def cards(self) -> Path:
        """The lesson's cards for recall; the file need not be there."""
        return self.path / CARDS

    @property
    def transcripts(self) -> Path:
        """The folder of the lesson's transcripts; it need not be there."""
        return self.path / TRANSCRIPTS

    @property
    def databases(self) -> Path:
        """The folder of the SQL that makes each database the reader begins with."""
        return self.path / BEGINS

    def app_files(self) -> dict[str, bytes]:
        """Every file of the stage's app: relative POSIX path to content."""
        return read_tree(self.path, (*APP_TREES, *APP_FILES))
