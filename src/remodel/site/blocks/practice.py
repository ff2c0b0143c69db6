"""Blocks of cog for the pages to practise with: every question, and every card, by lesson."""

from collections.abc import Callable, Iterator

from remodel.course.cards import as_markdown, read_cards
from remodel.course.exercise import Lesson
from remodel.course.quiz import on_page, read_quiz
from remodel.site.blocks.lesson import print_block
from remodel.site.blocks.reference import ReferenceBlocks


class PracticeBlocks(ReferenceBlocks):
    """What the blocks of a page in docs/ can call."""

    def quizzes(self, folder: str) -> None:
        """The questions of every lesson; `folder` is where the lessons lie, seen from the page."""
        self._by_lesson("quiz.toml", folder, self._questions)

    def cards(self, folder: str) -> None:
        """The cards of every lesson; `folder` is where the lessons lie, seen from the page."""
        self._by_lesson("cards.toml", folder, self._cards)

    def _by_lesson(self, file: str, folder: str, shown: Callable[[Lesson], Iterator[str]]) -> None:
        for lesson in self.catalog.lessons.values():
            if (lesson.path / file).exists():
                link = f"Read [the lesson]({folder}/{lesson.name}/README.md)."
                title = f"## {lesson.number}. {lesson.title}"
                print_block([title, "", link, "", *shown(lesson)])

    def _questions(self, lesson: Lesson) -> Iterator[str]:
        bank = lesson.path / "quiz.toml"
        for question in read_quiz(bank):
            yield from on_page(question, bank, self.catalog.root)
            yield ""

    def _cards(self, lesson: Lesson) -> Iterator[str]:
        file = lesson.path / "cards.toml"
        yield from as_markdown(read_cards(file), file.relative_to(self.catalog.root).as_posix())
