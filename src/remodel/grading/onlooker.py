"""Somebody who waits for a verdict, and hears of it while it is being made."""

from remodel.grading.results import Verdict


class Onlooker:
    """Hears nothing; whoever wants to know more says what comes of each."""

    def refused(self, verdict: Verdict) -> None:
        """The first check that refuses the answer has failed; others are still to be made."""

    def looks_at(self, number: int, total: int) -> None:
        """Check `number` of `total` begins; some of them may be skipped."""

    def looks_deeper(self, title: str) -> None:
        """Nothing has refused the answer so far, and a deep check of that title begins."""

    def is_done(self) -> None:
        """Every check is made."""
