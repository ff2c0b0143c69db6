"""One question as HTML: a form that works by keyboard, without JavaScript, and on paper.

docs/assets/quiz.js finds the form by its data attributes and brings the buttons to life.
"""

import hashlib
import html
from pathlib import Path

from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

from remodel.course.quiz import Option, Question, inline
from remodel.site.markup.waiting import waiting_fold

HINTS = {
    "predict": "Commit to an answer before you read on. A wrong one teaches as much.",
    "single": "Choose one, then check.",
}
#: They do nothing before quiz.js has shown them.
BUTTONS = """<p class="quiz-buttons" hidden>
<button type="submit" class="md-button md-button--primary">Check</button>
<button type="reset" class="md-button" hidden>Try again</button></p>"""


def question_form(question: Question, root: Path, highlight: Highlight) -> str:
    """The whole form; raises CourseError where the question's experiment is missing."""
    name = html.escape(question.id)
    options = "\n".join(_option(name, option) for option in question.options)
    data = f'data-question="{name}" data-kind="{question.kind}"'
    return f"""<form class="quiz" id="quiz-{name}" {data}>
<fieldset aria-describedby="quiz-{name}-hint">
<legend>{inline(question.ask)}</legend>
<p class="quiz-hint" id="quiz-{name}-hint">{HINTS[question.kind]}</p>
{options}
</fieldset>
{BUTTONS}
<div class="quiz-status" role="status"></div>
{_reasons(question)}
{_experiment(question, root, highlight)}
</form>"""


def value(option: Option) -> str:
    """What stands for the option in the learner's browser; another text is another answer."""
    return hashlib.sha256(option.text.encode()).hexdigest()[:8]


def _option(name: str, option: Option) -> str:
    chosen = value(option)
    right = " data-right" if option.right else ""
    return (
        f'<div class="quiz-option"{right}>'
        f'<input type="radio" name="{name}" id="quiz-{name}-{chosen}" value="{chosen}">'
        f'<label for="quiz-{name}-{chosen}">{inline(option.text)}</label></div>'
    )


def _reasons(question: Question) -> str:
    reasons = "\n".join(
        f'<li data-reason="{value(option)}"><p>{inline(option.text)}</p>'
        f"<p><strong>{'Right.' if option.right else 'Not this one.'}</strong> "
        f"{inline(option.why)}</p></li>"
        for option in question.options
    )
    return (
        '<details class="quiz-reasons"><summary>The answer, and a reason for every option'
        f"</summary>\n<ul>\n{reasons}\n</ul></details>"
    )


def _experiment(question: Question, root: Path, highlight: Highlight) -> str:
    proof = question.proof(root)
    command = highlight.highlight(f'$ python -m pytest "{proof.test}"', "console")
    source = highlight.highlight(proof.source, "python", title=proof.file)
    test = f"<p>Run it in the course's folder:</p>\n{command}\n{source}"
    if proof.shown:
        shown = highlight.highlight(
            proof.shown, "console", title="Shown", hl_lines=list(proof.telling)
        )
        test = f"{shown}\n<details><summary>The test behind it</summary>\n{test}</details>\n"
    return waiting_fold("See it happen", test, "quiz-experiment")
