"""The quiz bank for a learning management system: GIFT for Moodle, QTI for Canvas and others."""

import html
import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from remodel.course.catalog import Catalog
from remodel.course.drawn import DrawnQuestion, read_drawn
from remodel.course.quiz import Question, inline, read_quiz
from remodel.errors import CourseError, RemodelError

Bank = Mapping[str, Sequence[Question]]
#: What GIFT gives a meaning to, wherever it stands.
SPECIAL = re.compile(r"[~=#{}:\\]")
#: What Markdown gives a meaning to, outside of code; text2qti curls plain quotes, too.
MARKDOWN = re.compile(r"[\\*_{}\[\]()#+\-.!>'\"]")


def whole_bank(catalog: Catalog) -> dict[str, list[Question]]:
    """Every question of the course: by lesson, `4. Creating …`, and the myths at the end."""
    bank = {}
    for lesson in catalog.lessons.values():
        if lesson.quiz.exists():
            bank[f"{lesson.number}. {lesson.title}"] = read_quiz(lesson.quiz)
    if catalog.layout.myths.exists():
        bank["Myths"] = read_quiz(catalog.layout.myths)
    if not bank:
        raise CourseError(f"{catalog.root} holds no quiz to export.")
    return bank


def as_gift(bank: Bank) -> str:
    """All of it in one file, a category for each lesson; every option has its feedback."""
    return "\n".join(line for title, each in bank.items() for line in _category(title, each))


def _category(title: str, questions: Iterable[Question]) -> Iterator[str]:
    yield from (f"$CATEGORY: $course$/Remodel/{title.replace('/', '//')}", "")
    for question in questions:
        yield f"::{_gift(question.id)}::[html]{_gift(inline(question.ask))} {{"
        for option in question.options:
            mark = "=" if option.right else "~"
            yield f"  {mark}{_gift(inline(option.text))}#{_gift(inline(option.why))}"
        yield from ("}", "")


def drawn_bank(catalog: Catalog) -> dict[str, list[DrawnQuestion]]:
    """The drawn questions that stand on the pages of the lessons, by lesson."""
    return {
        f"Drawn/{lesson.number}. {lesson.title}": read_drawn(file)
        for lesson in catalog.lessons.values()
        if (file := catalog.layout.drawn(lesson.name)).exists()
    }


def drawn_as_gift(bank: Mapping[str, Sequence[DrawnQuestion]]) -> str:
    """The same in one file; tables and revisions keep their columns."""
    return "\n".join(line for title, each in bank.items() for line in _drawn(title, each))


def _drawn(title: str, questions: Iterable[DrawnQuestion]) -> Iterator[str]:
    yield from (f"$CATEGORY: $course$/Remodel/{title}", "")
    for question in questions:
        blocks = "".join(f"<p>{inline(b.title)}</p>{_lines(b.text)}" for b in question.blocks)
        ask = f"<p>{inline(question.about)}</p>{blocks}<p>{inline(question.ask)}</p>"
        yield f"::{_gift(question.id)}::[html]{_gift(ask)} {{"
        for option in question.options:
            mark = "=" if option.right else "~"
            yield f"  {mark}{_gift(_lines(option.text))}#{_gift(inline(option.why))}"
        yield from ("}", "")


def _lines(text: str) -> str:
    """Lines in columns, as HTML that no editor of an LMS pulls together."""
    lines = (html.escape(line, quote=False).replace(" ", "&nbsp;") for line in text.splitlines())
    return f"<p><code>{'<br>'.join(lines)}</code></p>"


def _gift(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def write_qti(bank: Bank, folder: Path) -> list[Path]:
    """One zip of QTI 1.2 for each lesson; names them. Raises RemodelError without text2qti."""
    if importlib.util.find_spec("text2qti") is None:
        raise RemodelError(
            "QTI needs the package text2qti. Run: "
            "python -m pip install -c constraints.txt -e '.[classroom]'"
        )
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    written = []
    for title, questions in bank.items():
        text = "\n".join(_as_text(title, questions))
        written.append(folder / f"{re.sub(r'[^a-z0-9]+', '-', title.lower())}.zip")
        QTI(Quiz(text, config=Config(), source_name=title)).save(written[-1])
    return written


def _as_text(title: str, questions: Iterable[Question]) -> Iterator[str]:
    """The questions in the Markdown that text2qti reads."""
    yield f"Quiz title: Remodel {title}"
    for number, question in enumerate(questions, 1):
        yield from ("", f"Title: {question.id}", f"{number}. {_markdown(question.ask)}")
        for letter, option in zip("abcdefgh", question.options, strict=False):
            yield f"{'*' if option.right else ''}{letter}) {_markdown(option.text)}"
            yield f"... {_markdown(option.why)}"


def _markdown(text: str) -> str:
    """The same, with nothing but `code` marked up."""
    parts = " ".join(text.split()).split("`")
    return "`".join(part if n % 2 else _plain(part) for n, part in enumerate(parts))


def _plain(text: str) -> str:
    escaped = MARKDOWN.sub(r"\\\g<0>", text.replace("&", "&amp;"))
    return escaped.replace("<", "&lt;")
