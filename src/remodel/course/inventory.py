"""The inventory: twelve ideas, asked before the course and after it, and how much was gained."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, get_args

import msgspec

from remodel.course.layout import Layout
from remodel.course.toml_file import Text, TomlStruct, read_struct, refuse_twins

#: The two times of asking.
When = Literal["before", "after"]
TIMES: tuple[When, ...] = get_args(When)


class Idea(TomlStruct):
    """An idea, the family that asks for it, and the number of the draw at each time."""

    title: Text
    family: Text
    before: int
    after: int

    def seed(self, when: When) -> int:
        """The draw that is asked."""
        return self.before if when == "before" else self.after


class InventoryFile(TomlStruct):
    """The file of the ideas."""

    ideas: tuple[Idea, ...] = msgspec.field(name="idea")


class InventoryAnswers(msgspec.Struct, frozen=True):
    """What one learner answered at one time: family to the belief shown, "" for a right answer."""

    day: date
    answers: dict[str, str]

    def knows(self, idea: Idea) -> bool:
        """Whether that answer was right; what was not asked is not known."""
        return self.answers.get(idea.family) == ""


#: What a learner's record holds: the answers by the time of asking.
Asked = Mapping[When, InventoryAnswers]


class IdeaGain(msgspec.Struct, frozen=True):
    """How many of those who were asked both times knew an idea before, and how many after."""

    family: str
    title: str
    learners: int
    before: int
    after: int
    #: What those believed who did not know it afterwards, with their number.
    beliefs_left: dict[str, int]

    @property
    def gain(self) -> float | None:
        """What was learned of what could be learned; None where all knew it before."""
        left = self.learners - self.before
        return (self.after - self.before) / left if left else None


def read_inventory(layout: Layout) -> Sequence[Idea]:
    """The ideas, in their order; raises CourseError where the file is malformed."""
    ideas = read_struct(layout.inventory, InventoryFile).ideas
    refuse_twins(layout.inventory, "idea", [each.family for each in ideas])
    return ideas


def gains(ideas: Iterable[Idea], learners: Iterable[Asked]) -> list[IdeaGain]:
    """The gain of each idea, over the learners who were asked before and after."""
    both = [each for each in learners if all(when in each for when in TIMES)]
    return [_gain(idea, both) for idea in ideas]


def _gain(idea: Idea, learners: Sequence[Asked]) -> IdeaGain:
    left: dict[str, int] = {}
    for each in learners:
        if belief := each["after"].answers.get(idea.family):
            left[belief] = left.get(belief, 0) + 1
    return IdeaGain(
        family=idea.family,
        title=idea.title,
        learners=len(learners),
        before=sum(each["before"].knows(idea) for each in learners),
        after=sum(each["after"].knows(idea) for each in learners),
        beliefs_left=dict(sorted(left.items(), key=lambda each: (-each[1], each[0]))),
    )
