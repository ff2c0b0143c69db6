"""Blocks of cog for the pages to practise with: every question, and every card, by lesson."""

from collections.abc import Callable, Iterator

from remodel.course.cards import as_markdown, read_cards
from remodel.course.layout import CARDS, QUIZ
from remodel.course.lesson import Lesson
from remodel.course.quiz import on_page, read_quiz
from remodel.site.blocks import home
from remodel.site.blocks.course import beliefs_list, progress_table
from remodel.site.blocks.lesson import block, print_block
from remodel.site.blocks.reference import ReferenceBlocks
from remodel.site.reference.style import colours_table
from remodel.site.transcripts.film import read_recording


class PracticeBlocks(ReferenceBlocks):
    """What the blocks of a page in docs/ can call."""

    @block
    def quizzes(self, folder: str) -> None:
        """The questions of every lesson; `folder` is where the lessons lie, seen from the page."""
        self._by_lesson(QUIZ, folder, self._questions)

    @block
    def cards(self, folder: str) -> None:
        """The cards of every lesson; `folder` is where the lessons lie, seen from the page."""
        self._by_lesson(CARDS, folder, self._cards)

    @block
    def progress_table(self, folder: str) -> None:
        """What each lesson has to do; docs/assets/progress.js says how much of it is done."""
        print_block(progress_table(self.catalog, folder))

    @block
    def beliefs(self, lessons: str, exercises: str) -> None:
        """What drawn questions ask for; docs/assets/progress.js puts some of it above the fold."""
        print_block(beliefs_list(self.catalog, lessons, exercises))

    @block
    def counts(self) -> None:
        """How much there is of everything."""
        print_block(home.counts(self.catalog))

    @block
    def proof(self, film: str, transcript: str) -> None:
        """What two upgrades of a film leave of a column, below the commands of a transcript."""
        folder = self.catalog.layout.transcripts
        recording = read_recording(folder / f"{film}.json")
        print_block(home.proof(recording, folder / f"{transcript}.txt"))

    @block
    def lesson_cards(self, folder: str, top: str = "") -> None:
        """A card for each lesson; from the page, `folder` leads to them, and `top` to docs/."""
        print_block(home.lesson_cards(self.catalog, folder, top))

    @block
    def style_colours(self) -> None:
        """Each colour of the site: its name, its two values and what it is for."""
        print_block(colours_table(self.catalog.layout.style_sheet))

    def _by_lesson(self, file: str, folder: str, shown: Callable[[Lesson], Iterator[str]]) -> None:
        for lesson in self.catalog.lessons.values():
            if (lesson.path / file).exists():
                link = f"Read [the lesson]({folder}/{lesson.name}/README.md)."
                title = f"## {lesson.number}. {lesson.title}"
                print_block([title, "", link, "", *shown(lesson)])

    def _questions(self, lesson: Lesson) -> Iterator[str]:
        for question in read_quiz(lesson.quiz):
            yield from on_page(question, lesson.quiz, self.catalog.root)
            yield ""

    def _cards(self, lesson: Lesson) -> Iterator[str]:
        yield from as_markdown(read_cards(lesson.cards), self.catalog.layout.relative(lesson.cards))
