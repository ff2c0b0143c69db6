"""Drawn questions as HTML: a fold for each family, in it a form, and a fold for each other."""

import html
from collections.abc import Iterator, Sequence
from itertools import groupby

from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

from remodel.course.drawn import DrawnOption, DrawnQuestion
from remodel.course.quiz import inline
from remodel.site.markup.question_form import BUTTONS
from remodel.site.markup.waiting import waiting_fold

WORDS = (
    "Do you want more? These questions were drawn, and a run of Alembic says what is right. "
    "A wrong answer shows what somebody believes."
)


def drawn_forms(questions: Sequence[DrawnQuestion], highlight: Highlight) -> str:
    """All questions of a lesson, by family; each can be read and opened without JavaScript."""
    families = groupby(questions, key=lambda each: each.family)
    return f"<p>{WORDS}</p>\n" + "\n".join(_family(list(each), highlight) for _, each in families)


def _family(questions: list[DrawnQuestion], highlight: Highlight) -> str:
    first, *others = questions
    following = "".join(
        f"<details><summary>Another one, number {number}</summary>\n"
        f"{_form(question, highlight)}\n</details>"
        for number, question in enumerate(others, 2)
    )
    return waiting_fold(inline(first.title), f"{_form(first, highlight)}\n{following}")


def _form(question: DrawnQuestion, highlight: Highlight) -> str:
    name = html.escape(question.id)
    numbered = list(enumerate(question.options, 1))
    options = "\n".join(_option(name, number, option) for number, option in numbered)
    shown = "\n".join(
        highlight.highlight(block.text, block.language, title=block.title)
        for block in question.blocks
    )
    data = f'data-family="{question.family}" data-beliefs="{" ".join(question.beliefs)}"'
    about = f"<p>{inline(question.about)}</p>\n" if question.about else ""
    return f"""{about}{shown}
<form class="drawn" id="drawn-{name}" data-kind="single" {data}>
<fieldset>
<legend>{inline(question.ask)}</legend>
{options}
</fieldset>
{BUTTONS}
<div class="quiz-status" role="status"></div>
<details class="quiz-reasons"><summary>The answer, and a reason for every option</summary>
<ol>
{"".join(_reason(number, option) for number, option in numbered)}</ol></details>
</form>"""


def _option(name: str, number: int, option: DrawnOption) -> str:
    place = f"drawn-{name}-{number}"
    mark = " data-right" if option.right else f' data-belief="{option.belief}"'
    return (
        f'<div class="quiz-option"{mark}>'
        f'<input type="radio" name="{name}" id="{place}" value="{number}">'
        f'<label for="{place}">{"".join(_parts(option.text))}</label></div>'
    )


def _parts(text: str) -> Iterator[str]:
    """Sentences as words, and what lies between them as lines that keep their columns."""
    for is_sentence, lines in groupby(text.splitlines(), key=lambda line: line[-1:] in ".:"):
        if is_sentence:
            yield from (f"<span>{html.escape(line, quote=False)}</span>" for line in lines)
        else:
            yield f"<code>{html.escape(chr(10).join(lines), quote=False)}</code>"


def _reason(number: int, option: DrawnOption) -> str:
    verdict = "Right." if option.right else "Not this one."
    return (
        f'<li data-reason="{number}"><p><strong>{verdict}</strong> {inline(option.why)}</p></li>\n'
    )
