"""Questions of a lesson as slides: vote, talk to your neighbour, vote again, look.

What is right was found by a run: each question of the course has an experiment behind it.
"""

from collections.abc import Iterator, Sequence

from remodel.classroom.page import text, whole_page
from remodel.course.lesson import Lesson
from remodel.course.quiz import Question, inline

_STYLE = """
body { max-width: none; padding: 0; }
section.slide { border-bottom: 1px solid var(--hair); break-after: page; display: flex;
  flex-direction: column; font-size: clamp(1.1rem, 2.4vw, 1.9rem); justify-content: center;
  min-height: 100vh; padding: 4vh 6vw; scroll-snap-align: start; }
html { scroll-snap-type: y proximity; }
section.slide h2 { border: 0; font-size: 1.25em; line-height: 1.3; margin: 0 0 .8em; padding: 0; }
section.slide ol { list-style: upper-alpha; max-width: 60rem; padding-inline-start: 1.6em; }
section.slide li { margin: .45em 0; }
section.slide p { max-width: 60rem; }
.count { color: var(--soft); font-size: .7em; }
@media print { section.slide { min-height: 0; padding: 2rem 0; } }
"""


def slides(lesson: Lesson, questions: Sequence[Question]) -> str:
    """The whole file: a slide for each of `questions`, its answer below it, closed."""
    title = f"Lesson {lesson.number}: {lesson.title}"
    body = [f'<section class="slide"><h1>{text(title)}</h1><p>{_HOW}</p></section>']
    body += _slides(questions)
    return whole_page(f"Questions, {title}", "\n".join(body), _STYLE)


_HOW = (
    "For each question: vote by yourself. Talk to the person beside you for two minutes. Vote "
    "again. Then open the answer, and say what the others had in mind."
)


def _slides(questions: Sequence[Question]) -> Iterator[str]:
    for number, question in enumerate(questions, 1):
        options = "".join(f"<li>{inline(option.text)}</li>" for option in question.options)
        yield (
            f'<section class="slide"><h2>{inline(question.ask)}</h2>'
            f'<ol>{options}</ol><p class="count">{number} of {len(questions)} · Vote · Talk · '
            f"Vote again</p><details><summary>The answer</summary>{_answer(question)}</details>"
            "</section>"
        )


def _answer(question: Question) -> str:
    letters = zip("ABCDEFGH", question.options, strict=False)
    lines = (
        f'<p class="{"pass" if option.right else "soft"}">{letter}. '
        f"{'Right. ' if option.right else ''}{inline(option.why)}</p>"
        for letter, option in letters
    )
    return "".join(lines)
