"""The script of a transcript: a TOML file whose steps are taken in a scratch copy of an app."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from remodel.course.layout import APP
from remodel.course.toml_file import Text, TomlStruct, read_struct

#: The keys that say what a step does.
STEP_KINDS = (
    *("run", "shell", "sql", "say", "take", "edit", "keep", "part", "copy", "remove"),
    *("frame", "idle", "locks"),
)


class Step(TomlStruct):
    """One step: exactly one key of STEP_KINDS, and what belongs to it."""

    #: A `flask` command.
    run: str | None = None
    #: Lines for `flask shell`.
    shell: str | None = None
    #: A query that the database itself answers.
    sql: str | None = None
    #: A comment for the reader.
    say: str | None = None
    #: Patterns of files of the lesson that are laid out.
    take: tuple[str, ...] | None = None
    #: A file in which `old` gives way to `new`.
    edit: str | None = None
    #: A file that is kept beside the transcript, under the name `as`.
    keep: str | None = None
    #: What is shown from here on is a transcript of its own, under this name.
    part: str | None = None
    #: A file that is copied to `to`.
    copy: str | None = None
    #: A file, or a folder that ends with a slash.
    remove: str | None = None
    #: Takes a picture of the app for the film; this says what is to be seen.
    frame: str | None = None
    #: A `flask` command that changes nothing of what the last frame shows.
    idle: str | None = None

    #: `upgrade` or `downgrade`, whose locks on PostgreSQL are shown as `remodel show --locks` does.
    locks: str | None = None

    old: str = ""
    new: str = ""
    name: str = msgspec.field(name="as", default="")
    to: str = ""
    #: What the reader presses to see this frame, and why an idle command does nothing.
    by: str = ""
    says: str = ""
    #: The file of the database that `sql` asks.
    database: str = f"{APP}.db"
    #: The environment that is set for the command.
    env: Mapping[str, str] = {}
    #: Whether the reader is not to see it.
    hidden: bool = False
    #: Whether the lines are shown that Alembic prints whatever a command does.
    set_up: bool = False
    #: Whether the command has to end with an error.
    fails: bool = False

    def __post_init__(self) -> None:
        """A step does one thing."""
        if len([each for each in STEP_KINDS if getattr(self, each) is not None]) != 1:
            raise ValueError(f"a step has exactly one of {', '.join(STEP_KINDS)}.")

    @property
    def kind(self) -> str:
        """The key that says what the step does."""
        return next(each for each in STEP_KINDS if getattr(self, each) is not None)


class Watched(TomlStruct):
    """What a film shows of one model and of its table."""

    model: Text
    table: Text
    #: The columns that are shown where they are there; the first names a row.
    columns: tuple[str, ...]


class Film(TomlStruct):
    """What the frames of a script show; their states go into NAME.json."""

    title: Text
    watch: tuple[Watched, ...]
    #: How many rows of a table are shown, and how many of the revisions that were there before.
    rows: int = 3
    revisions: int = 1


class Script(TomlStruct):
    """The whole file."""

    #: The lesson whose app the steps begin in; by default the one that the script belongs to.
    app: str | None = None
    film: Film | None = None
    #: The kind of database that its commands get.
    database: Literal["sqlite", "postgresql"] = "sqlite"
    steps: tuple[Step, ...] = msgspec.field(name="step", default=())


def read_script(file: Path) -> Script:
    """The script in `file`; raises CourseError where it is malformed."""
    return read_struct(file, Script)
