"""Standard checks of words: none that an answer compares with decides what becomes of a row."""

import contextlib
import itertools
from collections.abc import Iterator

from remodel.database.values import Values, explain, show, words_for
from remodel.grading.literals import Literal, constants, in_python, in_sql
from remodel.grading.project.life import Life
from remodel.grading.project.project import Project
from remodel.grading.project.state import Snapshot
from remodel.grading.project.word_rows import WordsIn
from remodel.grading.refusal import Refused
from remodel.grading.standard.life import STEPS_DOWN, SURVIVES, refuse_rows_unlike
from remodel.grading.standard.marks import UPGRADED, deep, guard, misconception, needs
from remodel.grading.standard.rows import refuse_other_rows
from remodel.grading.standard.way import Way
from remodel.grading.workspace.workspace import Databases

#: How many words of an answer are tried.
MOST_WORDS = 16
#: How many of them a message shows.
MOST_SHOWN = 4


@deep
@guard
@needs(UPGRADED)
@misconception("a-word-says-what-a-thing-is")
def test_no_word_decides_what_becomes_of_a_row(project: Project) -> None:
    """A row that holds a word of your own becomes what all others become."""
    words = own_words(project)
    if not words:
        return
    start = project.populated().databases
    if not _goes(project.copy()):
        return  # on these rows it need not, where that is no check of this exercise
    plain = _both(project, start)
    for how in _ways(words) if plain else ():
        life = project.starting_from(start).life_with_words(words, how)
        before = project.lived(life).databases
        if not _goes(project.copy().solved()):
            continue
        with _mentioning(words):
            refuse_other_rows(project, before, Project.finish)
            both = _both(project, before)
            if plain and both:
                _refuse_other_new_values(plain, both)


@deep
@guard
@needs(STEPS_DOWN, SURVIVES)
@misconception("a-word-says-what-a-thing-is")
def test_no_word_decides_what_comes_back(project: Project) -> None:
    """After the downgrade, a row that holds a word of your own is what it was."""
    words = own_words(project)
    if not words:
        return
    begun = project.populated().snapshot()
    solved = project.copy().solved()
    if not _goes(solved) or solved.version == begun.version:
        return
    head = project.upgrade().databases
    for how in _ways(words):
        life = solved.life_with_words(words, how)
        wanted = _back(solved.copy(), begun, life)
        if wanted:
            there = project.copy().starting_from(head).lived(life)
            way = Way("downgrade", "after the upgrade", life, begun, there.snapshot())
            with _mentioning(words):
                refuse_rows_unlike(way, wanted, there.downgrade(_below(begun)).snapshot())


def _ways(words: list[Literal]) -> tuple[WordsIn, ...]:
    """In which rows `words` are tried: two at once only where there are two."""
    if sum(isinstance(word, str) for word in words) < 2:
        return "full rows", "bare rows"
    return "full rows", "bare rows", "two columns"


def own_words(project: Project) -> list[Literal]:
    """What the answer compares with and the solution does not, some at most."""
    solved = project.copy().solved()
    tables = {table for bind in project.binds for table in solved.goal(bind).tables}
    written = {x for revision in solved.own_revisions for x in constants(revision.tree)} - tables
    known = {*_words(solved), *written}
    own = dict.fromkeys(word for word in _words(project) if word not in known)
    return list(itertools.islice(own, MOST_WORDS))


def _words(project: Project) -> Iterator[Literal]:
    if project.exercise.changes_by == "sql":
        yield from in_sql(project.answer.text(project.exercise.edits[0]))
    else:
        for revision in project.own_revisions:
            yield from in_python(revision.tree)


def _goes(project: Project) -> bool:
    """Whether `project` comes to its end with these rows."""
    try:
        project.finish()
    except Refused:
        return False
    return True


def _both(project: Project, before: Databases) -> tuple[Snapshot, Snapshot] | None:
    """What the answer and the solution make of `before`; None where the solution does not."""
    solved = project.copy().solved().starting_from(before)
    if not _goes(solved):
        return None
    return project.copy().starting_from(before).finish().snapshot(), solved.snapshot()


def _back(solved: Project, begun: Snapshot, life: dict[str, Life]) -> Snapshot | None:
    """What the solution's way back leaves of the rows of `life`; None where it does not go."""
    try:
        return solved.lived(life).downgrade(_below(begun)).snapshot()
    except Refused:
        return None


def _below(begun: Snapshot) -> str:
    return begun.version[0] if begun.version else "base"


def _refuse_other_new_values(
    plain: tuple[Snapshot, Snapshot], both: tuple[Snapshot, Snapshot]
) -> None:
    """Refuse where a new column agrees with the solution's on all rows but those with words."""
    for bind, contents in both[1].binds.items():
        for table, rows in contents.rows.items():
            for column in rows.columns:
                now, wanted = _columns(both, bind, table, column)
                then, should = _columns(plain, bind, table, column)
                if now and wanted and then and then == should and now != wanted:
                    raise Refused(
                        *(x.replace(" before:", " wanted:", 1) for x in explain(now, wanted)),
                        words=words_for(now, wanted),
                        values=(now, wanted),
                    )


def _columns(
    both: tuple[Snapshot, Snapshot], bind: str, table: str, column: str
) -> list[Values | None]:
    """What the answer and the solution have in one column; None without rows or column."""
    rows = [snapshot.binds[bind].rows.get(table) for snapshot in both]
    return [its.column(column) if its and column in its.columns else None for its in rows]


@contextlib.contextmanager
def _mentioning(words: list[Literal]) -> Iterator[None]:
    """Say of a refusal that it is about rows that hold one of `words`."""
    shown = ", ".join(map(show, words[:MOST_SHOWN]))
    try:
        yield
    except Refused as refused:
        refused.lines += (f"Rows were added that hold what you alone ask for: {shown}.",)
        refused.words = (*map(str, words), *refused.words)
        raise
