"""What `flask release -- COMMAND` did, and how it started COMMAND."""

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from remodel.course.layout import APP
from remodel.database import sqlite
from remodel.runner import Completed

#: Arguments that come through whatever is done to them.
PLAIN = (APP, "8080")
#: Arguments that a shell, a format, a parser or a tidy mind would make something else of.
KINDS = (
    *("WORD WORD", "", " WORD ", "WORD\nWORD", "WORD\tWORD", "\\n", "\\WORD", "Fläche"),
    "\\\\WORD",
    *("$HOME", "${WORD}", "*", "?", "~", "~/WORD", "`WORD`", "$(WORD)", "WORD;WORD", "#WORD"),
    *("'WORD'", '"WORD"', "&", "|", ">", "<", "!", "{WORD}", "[WORD]", "100%", "%s", "%%WORD"),
    *("--", "-WORD", "--WORD", "--help", "WORD=WORD", "=", "@WORD", "007", "None", "WORD" * 2000),
)
#: Variables of an environment that is not left as it was by everybody.
ENVIRONMENT = {
    "FLASK_RUN_PORT": "8080",
    "HEARTH_GREETING": " Good morning ",
    "HEARTH_NOTE": "",
    "MARMALADE": "of a name that nobody has heard of",
    "TZ": "Asia/Kathmandu",
}


def arguments(seed: str) -> tuple[str, ...]:
    """What COMMAND is started with: a long list, each kind with words of the seed, one twice."""
    rng = random.Random(f"{seed}/arguments")

    def filled(kind: str) -> str:
        return kind.replace("WORD", "".join(rng.choices(string.ascii_lowercase, k=5)))

    made = [filled(kind) for kind in (*KINDS, *["WORD.css"] * 200)]
    rng.shuffle(made)
    return (*made, made[0])


@dataclass(frozen=True)
class Release:
    """What `flask release` did: did it start the app, and at which revision was the database?"""

    completed: Completed
    #: The words that COMMAND was to be started with.
    given: tuple[str, ...]
    #: The database that COMMAND found, with the table `started`; empty where it never ran.
    database: bytes = field(repr=False)

    @property
    def started(self) -> bool:
        """Whether COMMAND ran."""
        return bool(self.database)

    @property
    def starts(self) -> int:
        """How often COMMAND ran."""
        return len(self._seen("start"))

    @property
    def version(self) -> tuple[str, ...]:
        """The revisions that the database said it was at when COMMAND was started."""
        return sqlite.read_version(self.database) if self.started else ()

    @property
    def found(self) -> str:
        """The same in words."""
        if not self.started:
            return "COMMAND was not started"
        if self.starts > 1:
            return f"COMMAND was started {self.starts} times"
        return f"COMMAND found the database at {', '.join(self.version) or 'no revision'}"

    @property
    def went_on(self) -> str:
        """What a release that should be refused did all the same; "" where it was refused."""
        if self.started:
            return "COMMAND was started"
        return "" if self.completed.exit_code else "The release ended with exit code 0"

    def fault(self, code: int, heads: tuple[str, ...]) -> str:
        """What went wrong where COMMAND should be started once at `heads`, and end with `code`."""
        ended = self.completed.exit_code
        if ended != code:
            return f"COMMAND ends with exit code {code}, the release {ended}: {self.last_line}"
        if (self.starts, self.version) != (1, heads):
            return f"{self.found}: {self.last_line}"
        return ""

    @property
    def stopped(self) -> bool:
        """Whether who stopped the release stopped COMMAND, too."""
        return bool(self._seen("stop"))

    @property
    def last_line(self) -> str:
        """The last line that it printed, Alembic's own talk left out."""
        printed = f"{self.completed.stdout}\n{self.completed.stderr}".splitlines()
        talk = ("INFO", "(Background on", "[SQL:")
        lines = [x.strip() for x in printed if x.strip() and not x.startswith(talk)]
        return lines[-1] if lines else "(it printed nothing)"

    @property
    def changes(self) -> list[str]:
        """How COMMAND was started otherwise than the release was, in sentences."""
        if not self.started:
            return [f"{self.found}: {self.last_line}"]
        return [*self._changed_arguments(), *self._changed_surroundings()]

    def _changed_arguments(self) -> Iterator[str]:
        if self.starts > 1:
            yield f"COMMAND was started {self.starts} times."
        got = [now for now, _ in self._seen("argument")]
        all_there = len(got) == len(self.given)
        if not all_there:
            yield f"COMMAND was given {len(self.given)} arguments, and got {len(got)}."
        others = ((x, y) for x, y in zip(self.given, got, strict=False) if x != y)
        for wanted, now in others if all_there else islice(others, 1):  # the rest are moved
            yield f"COMMAND was given the argument {_shown(wanted)}, and got {_shown(now)}."

    def _changed_surroundings(self) -> Iterator[str]:
        for now, name in self._seen("variable"):
            if now is None:
                yield f"COMMAND was started without {name}, which the release had."
            else:
                yield f"COMMAND has another {name} in its environment than the release."
        for _, name in self._seen("inherited"):
            yield f"COMMAND was started with another {name} than the release."
        if self._seen("folder"):
            yield "COMMAND was started in another folder than the release."
        for _, name in self._seen("stream"):
            yield f"The standard {name} of COMMAND is not that of the release."

    def _seen(self, kind: str) -> list[tuple[str | None, str]]:
        """What was seen of `kind` when COMMAND was started: as it was then, and as it was given."""
        rows = sqlite.read_rows(self.database, "started") if self.started else []
        return [(row["text"], row["given"]) for row in rows if row["kind"] == kind]


def _shown(text: str | None) -> str:
    """A word as Python writes it; of a long one the beginning and its length."""
    word = text or ""
    return repr(word) if len(word) <= 60 else f"{word[:40]!r}… ({len(word)} characters)"
