"""Reads a repair.txt: the `flask db …` commands that a learner would type, copy by copy."""

import re
import shlex
from collections.abc import Iterator, Mapping

from remodel.course.decoding import plain_blanks
from remodel.grading.refusal import Refused

#: A copy's name in brackets, and a comment behind it.
_HEADING = re.compile(r"\[\s*(.*?)\s*\]\s*(?:[#;].*)?")

#: `flask` by way of Python, and the option that names the app which `flask` finds by itself.
_FLASK = re.compile(
    r"(?:(?:python3?|py) -m )?flask (?:(?:--app[ =]|-A ?)wsgi(?:\.py)?(?::app)? )?(?=db(?: |$))"
)

#: Commands that write files: a revision that one copy alone has is a head that no other has.
_WRITING = ("init", "merge", "migrate", "revision")


def commands_for(
    name: str, text: str, file: str, copies: Mapping[str, bool]
) -> list[tuple[int, str]]:
    """The numbered lines of `text` under no heading, or under the heading `[name]`.

    Raises Refused at a line that is neither a `flask db …` command nor a heading of one of
    `copies`; these say whether somebody can type there.
    """
    return [
        (number, shlex.join(words))
        for number, words, heading in _lines(text, file, copies)
        if heading in ("", name)
    ]


def _lines(
    text: str, file: str, copies: Mapping[str, bool]
) -> Iterator[tuple[int, list[str], str]]:
    """Each command with its line number and the heading that it stands under, or ""."""
    heading = ""
    # An editor may put a mark before the first line; a page shows each command after a `$`, and
    # a text processor makes blanks that do not break.
    for number, raw in enumerate(plain_blanks(text).lstrip("\ufeff").splitlines(), 1):
        line = raw.strip().removeprefix("$ ")
        words = _words_of(line)
        if line.startswith("["):
            heading = _copy_of(line, file, number, copies)
        elif words:
            _refuse_another_command(line, words, file, number, next(iter(copies)))
            yield number, words, heading


def _refuse_another_command(line: str, words: list[str], file: str, number: int, copy: str) -> None:
    """Refuse whatever is not one `flask db …` command that does its work in the database."""
    problem = cure = ""
    if words[:2] != ["flask", "db"]:
        problem = f"{line[:50]!r} is not a `flask db …` command"
        cure = f"Write one command on each line, or a heading such as [{copy}]."
    elif {"&&", "||", ";", "|"} & set(words):
        problem = f"{line[:50]!r} is more than one command"
        cure = "Only a shell understands that. Write each command on a line of its own."
    elif words[2:3] == ["edit"]:
        problem = "`flask db edit` opens an editor, and nobody is there to type"
        cure = "Edit the revision's file yourself, and leave this line out."
    elif words[2:3] and words[2] in _WRITING:
        problem = f"`flask db {words[2]}` writes a file on that one machine, and no other has it"
        cure = "Hand in the file that it wrote on yours, and leave this line out."
    if problem:
        raise _refused(file, number, problem, cure)


def _copy_of(line: str, file: str, number: int, copies: Mapping[str, bool]) -> str:
    """The copy that the heading `line` names; refuses where nobody can type there."""
    headed = _HEADING.fullmatch(line)
    known = {copy.lower(): copy for copy in copies}
    copy = known.get(headed[1].lower()) if headed else None
    if copy is None:
        headings = ", ".join(f"[{each}]" for each, typed in copies.items() if typed)
        raise _refused(
            file, number, f"no copy is called {line[:30]}", f"The headings are {headings}."
        )
    if not copies[copy]:
        cure = f"Leave {line[:30]} out, with the commands below it."
        raise _refused(file, number, f"nobody can type on {copy}", cure)
    return copy


def _refused(file: str, number: int, problem: str, cure: str) -> Refused:
    return Refused(
        f"{file}, line {number}: {problem}.",
        cure,
        where=f"{file}:{number}",
        misconception="repair-txt-is-a-shell-script",
    )


def _words_of(line: str) -> list[str]:
    """The words of a shell command, without a comment; the whole line where a quote is open.

    `flask db` begins it, whichever way the learner calls that. Where there are headings in
    brackets, people also begin a comment with a semicolon.
    """
    if line.startswith(";"):
        return []
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        return [line]
    typed = next((n for n, word in enumerate(words) if word == "db"), 0)
    plain = _FLASK.sub("flask ", " ".join(words[: typed + 1]), count=1)
    return [*plain.split(), *words[typed + 1 :]] if plain == "flask db" else words
