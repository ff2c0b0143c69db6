"""What `remodel hint` shows, and what a verdict sends a learner to."""

from tests.conftest import SLUG, Remodel

FITTING = "For the check that refused:"


def test_the_first_hint_fits_the_failure_and_the_rest_follow(learner: Remodel) -> None:
    """The hint for the check that failed comes first, once; the verdict says when none is left."""
    assert f"Next: remodel hint {SLUG}" in learner("check", SLUG).stdout
    first = learner("hint", SLUG).stdout
    assert first.startswith(FITTING)
    assert "does its `upgrade()` add a column?" in " ".join(first.split())
    assert f"One more: remodel hint {SLUG}" in first
    for number in (1, 2, 3):
        shown = learner("hint", SLUG).stdout
        assert FITTING not in shown
        assert f"Hint {number} of 3" in shown
    assert "That was the last." in shown
    assert f"Next: remodel solution {SLUG}" in learner("check", SLUG).stdout


def test_another_failure_has_another_hint(learner: Remodel) -> None:
    """After all hints are shown, a check that fails for the first time brings its own."""
    learner("check", SLUG)
    for _each in range(4):
        learner("hint", SLUG)
    learner.solve()
    revision = next((learner.begun / "migrations" / "versions").glob("0002*"))
    text = revision.read_text(encoding="utf-8")
    revision.write_text(text.partition("def downgrade")[0] + "def downgrade():\n    pass\n")
    assert f"Next: remodel hint {SLUG}" in learner("check", SLUG).stdout
    shown = " ".join(learner("hint", SLUG).stdout.split())
    assert shown.startswith(FITTING)
    assert "What `upgrade()` adds, `downgrade()` takes away" in shown
