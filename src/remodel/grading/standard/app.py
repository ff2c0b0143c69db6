"""The standard checks of the app itself."""

from remodel.course.layout import APP, FACTORY
from remodel.grading.answer import starter
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import SCHEMA, UPGRADED, deep, guard, misconception, needs


@guard
@needs(UPGRADED, SCHEMA)
@misconception("the-app-needs-no-change")
def test_every_page_of_the_app_answers(project: Project) -> None:
    """Every page of the app opens on the migrated database."""
    project.populated().finish().pages()


@deep
@guard
@needs(UPGRADED, SCHEMA, "test_every_page_of_the_app_answers")
@misconception("a-page-that-opens-works")
def test_the_app_keeps_what_is_typed(project: Project) -> None:
    """What people type into the app's forms is what the migrated database holds afterwards."""
    solved = project.copy().solved().populated().finish().databases
    project.populated().finish().use_app(solved)


@deep
@guard
@needs(UPGRADED, SCHEMA)
@misconception("a-line-moved-is-not-a-line-less")
def test_the_app_says_what_a_database_lacks(project: Project) -> None:
    """Where a database has no tables yet, the app answers as it did before."""
    if not project.exercise.accepts(FACTORY):
        return
    now = project.empty().answers()
    for path, (status, words) in project.solved().empty().answers().items():
        there, typed = now.get(path, (None, []))
        if there != status:
            raise Refused(
                f"In a database without tables, {path} answers with HTTP status {there}; "
                f"it should be {status}.",
                "Is every line of the factory still there?",
                where=FACTORY,
            )
        for word in words:
            if word not in typed:
                raise Refused(
                    f"In a database without tables, {path} should say to run `{word}`.",
                    f"It says: {', '.join(f'`{each}`' for each in typed) or 'nothing to run'}.",
                    words=("SETUP_COMMAND",),
                )


@deep
@guard
@needs(UPGRADED, SCHEMA)
@misconception("a-line-moved-is-not-a-line-less")
def test_a_house_is_furnished_as_it_was(project: Project) -> None:
    """`flask furnish` fills an empty house as it did, and does to a furnished one what it did."""
    solved = project.copy().solved()
    for each in solved, project:
        each.empty()
    _refuse_other_furniture(solved, project, "a database without tables")
    for each in solved, project:
        each.must("flask", "init-db") if each.exercise.changes_by == "models" else each.upgrade()
    for house in "an empty house", "a furnished house":
        _refuse_other_furniture(solved, project, house)
    for each in solved, project:
        each.drift("UPDATE room SET name = 'Room ' || id")  # so that no name is taken
    _refuse_other_furniture(solved, project, "a house whose rooms have other names")


def _refuse_other_furniture(solved: Project, project: Project, house: str) -> None:
    """Furnish both; refuse where the answer's command ends, or leaves the rows, otherwise."""
    should, now = solved.flask("furnish"), project.flask("furnish")
    where = _line_with(project, "def furnish")
    if now.ok != should.ok:
        sentence = f"In {house}, `flask furnish` ends with exit code {now.exit_code}; it should"
        raise Refused(f"{sentence} end with {should.exit_code}.", where=where)
    try:
        project.must_hold(solved.snapshot())
    except Refused as refused:  # no revision is to blame
        refused.where = where
        raise


@deep
@guard
@needs(UPGRADED, SCHEMA)
@misconception("a-setting-is-mine-alone")
def test_the_app_keeps_its_settings(project: Project) -> None:
    """The settings of Flask, and how constraints are named, stay as they were."""
    if not any(map(project.exercise.accepts, (FACTORY, f"{APP}/database.py"))):
        return
    given = project.copy()
    given.answer = starter(project.exercise)
    before, solved, own = (x.settings() for x in (given, project.copy().solved(), project))
    for name, value in before.items() if own else ():
        # What the solution changes is what the exercise is about.
        if solved.get(name) == value != own.get(name):
            raise Refused(
                f"{name} is {own.get(name, 'not set')} in your app; it was {value}.",
                "Nothing here asks for another setting.",
                where=_line_with(project, name.partition("[")[0]),
            )


def _line_with(project: Project, word: str) -> str | None:
    """The first line of the app's own modules that has `word` in it."""
    return next(
        (
            f"{file}:{number}"
            for file in sorted(project.answer.files)
            if file.startswith(f"{APP}/") and project.exercise.accepts(file)
            for number, line in enumerate(project.answer.text(file).splitlines(), 1)
            if word.lower() in line.lower()
        ),
        None,
    )
