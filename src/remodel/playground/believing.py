"""What a learner seems to believe, from the wrong options that were chosen; it fades with time.

docs/assets/progress.js has the same rule.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated

import msgspec

#: After so many days a score is worth half.
HALF_LIFE = 30
#: What is left of a score where the learner saw the option, and chose the right one.
REJECTED = 0.4
MOST = 3.0
#: From this score on a learner seems to believe it: chosen once, and not longer ago than HALF_LIFE.
SEEMS = 0.5
#: A family comes back after so many days, every time: longer and longer gaps teach no more.
GAP = 3


class BeliefMemory(msgspec.Struct, frozen=True):
    """How much speaks for a belief, as of a day."""

    score: Annotated[float, msgspec.Meta(ge=0, le=MOST)]
    day: date

    def faded(self, today: date) -> float:
        """What is left of the score."""
        days = max(0, (today - self.day).days)
        return float(self.score * 0.5 ** (days / HALF_LIFE))


class FamilyMemory(msgspec.Struct, frozen=True):
    """How often a family of questions was asked, and the last day of it."""

    asked: Annotated[int, msgspec.Meta(ge=0)]
    day: date

    def is_due(self, today: date) -> bool:
        """Whether it is time to ask again."""
        return self.back <= today

    @property
    def back(self) -> date:
        """The day from which it is asked again."""
        return self.day + timedelta(GAP)


Beliefs = Mapping[str, BeliefMemory]


def after_answer(
    beliefs: Beliefs, shown: Iterable[str], chosen: Collection[str], today: date
) -> dict[str, BeliefMemory]:
    """What to remember after an answer: `chosen` is what the option chosen of `shown` stands for.

    A wrong choice says nothing of the beliefs behind the other wrong options.
    """
    after = dict(beliefs)
    for name in shown:
        score = after[name].faded(today) if name in after else 0.0
        if name in chosen:
            score = min(MOST, score + 1)
        elif not chosen:
            score *= REJECTED
        if name in after or name in chosen:
            after[name] = BeliefMemory(round(score, 3), today)
    return after


def seems(beliefs: Beliefs, today: date) -> list[str]:
    """What the learner seems to believe, the strongest first."""
    scores = {name: memory.faded(today) for name, memory in beliefs.items()}
    strong = [name for name, score in scores.items() if score >= SEEMS]
    return sorted(strong, key=lambda name: (-scores[name], name))
