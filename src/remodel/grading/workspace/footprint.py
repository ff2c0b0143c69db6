"""Which files of an answer the outcome of a command can depend on.

Two answers that have the same ones share the outcome: the command need not run for both.

A learner's code may look at any file beside it, so every file counts as soon as one that runs is
theirs. The course's own code, from the starter and the solution, is known not to do that.
"""

from remodel.grading.answer import Answer, digest_of

#: What begins a command that loads the app and no revision.
APP_ALONE = (
    ("create-all",),
    ("flask", "routes"),
    ("visit",),
    ("explore",),
    ("repeat",),
    ("mapped",),
    ("write",),
)
#: Handed-in texts that no command reads: the grader does.
UNREAD = ("repair.txt", "findings.toml")
MIGRATIONS = "migrations/"


def footprint(answer: Answer, argv: tuple[str, ...]) -> str | None:
    """A digest of what the course's own code reads to run `argv`; None where other code runs."""
    app_alone = any(argv[: len(words)] == words for words in APP_ALONE)
    files = {
        name: content
        for name, content in answer.files.items()
        if name not in UNREAD and not (app_alone and name.startswith(MIGRATIONS))
    }
    return digest_of(files) if files.items() <= answer.exercise.own_files else None
