"""The standard checks of what models do beside making tables."""

from remodel.course.layout import APP
from remodel.database.values import Rows, show, show_key
from remodel.grading.answer import starter
from remodel.grading.project.project import Project
from remodel.grading.refusal import Refused
from remodel.grading.standard.marks import SCHEMA, deep, guard, misconception, needs
from remodel.runner.readings import FAILURE, REFUSED, WITHOUT, Errors, Held, Mapped, Read
from remodel.runner.visitor import AWKWARD


@deep
@guard
@needs(SCHEMA)
@misconception("a-model-is-its-columns")
def test_the_given_models_do_what_they_did(project: Project) -> None:
    """What your models did before you came, they still do: relationships, validators, types."""
    given = project.copy()
    given.answer = starter(project.exercise)
    before, solved, own = (
        each.mapped_attributes() for each in (given, project.copy().solved(), project)
    )
    for attribute in before:
        for aspect, value in solved.get(attribute, {}).items():
            if aspect != "default":  # what comes of it is seen where rows are written
                _refuse_another(own, attribute, aspect, value)


@deep
@guard
@needs(SCHEMA)
@misconception("a-model-may-tidy-up")
def test_the_models_write_what_they_are_given(project: Project) -> None:
    """What somebody writes through your models is what the database holds, and what they read."""
    if not any(map(project.exercise.accepts, _models(project))):
        return
    solved = project.copy().solved()
    solved.starting_from(solved.deployments.filled(solved.populated().finish().databases))
    own = project.starting_from(solved.databases)
    (wanted, should, kept), (actual, errors, held) = (
        each.use_models(*AWKWARD, TIDIED, BLANKS) for each in (solved, own)
    )
    _refuse_another_refusal(should, errors)
    _refuse_made_up(project, kept, held)
    for bind in own.binds:
        for table in solved.schema_of(bind).tables:
            _refuse_other_rows(solved.rows(table, bind=bind), own.rows(table, bind=bind))
    for table in wanted.keys() & actual.keys():
        _refuse_other_reading(table, wanted[table], actual[table])


#: What somebody may take away from the beginning or the end of a text, or write otherwise.
TIDIED = '"¿so? (the TV\'s)".'

#: Blanks that are no space, or are none at all: "tidying" makes something else of them.
BLANKS = "two\u00a0words \u2003and\ta \r\nline\u200b, with e\u00adnds"

#: What SQLAlchemy does of itself when a row is deleted that others point at.
_EMPTIED = "A relationship empties that foreign key, unless it has passive_deletes or a cascade."


def _models(project: Project) -> list[str]:
    return [f for f in project.answer.files if f.startswith(f"{APP}/") and f.endswith(".py")]


def _refuse_another_refusal(wanted: Errors, actual: Errors) -> None:
    """Refuse where something was refused that breaks no rule, or taken that does."""
    for what, error in actual.items():
        if error and wanted.get(what) == "":
            advice = (_EMPTIED,) if "NOT NULL" in error and "was deleted" in what else ()
            sentence = f"Through the models, {what}. This was refused, and it breaks no rule:"
            raise Refused(sentence, f"  {error}", *advice, in_app=True)
        if wanted.get(what) and not error:
            sentence = f"Through the models, {what}. It should be refused, and it was not."
            raise Refused(sentence, in_app=True)


def _refuse_made_up(project: Project, wanted: Held, actual: Held) -> None:
    """Refuse where a value is made up that nobody wrote, in place of none or of an empty text.

    A new column may have a default of the app's choice, and whoever refuses makes nothing up.
    """
    given = project.copy()
    given.answer = starter(project.exercise)
    was = given.model_schema().tables if actual else {}
    free = project.exercise.free_defaults
    for column, ways in actual.items():
        table, _, name = column.partition(".")
        old = table in was and name in was[table].columns
        for way, now in ways.items():
            should = wanted.get(column, {}).get(way, now)
            if now in (should, REFUSED, "None"):
                continue
            if way != WITHOUT:
                wrote = f"an empty text was written as {name} of a row of {table}"
            elif old and column not in free and should in (REFUSED, "None"):
                wrote = f"a row of {table} was added without its {name}"
            else:
                continue
            raise Refused(
                f"Through the models, {wrote}.",
                f"The database holds {now}, which nobody wrote.",
                words=(name, table),
                in_app=True,
            )


def _refuse_other_rows(wanted: Rows, actual: Rows) -> None:
    then, now = wanted.by_key, actual.by_key
    other = [key for key in then.keys() | now.keys() if then.get(key) != now.get(key)]
    if not other:
        return
    key = min(other, key=lambda each: (each in now, each in then, str(each)))
    row = f"{wanted.table} row {show_key(key)}"
    if key not in now or key not in then:
        raise Refused(
            "Through the models, rows were changed, added and deleted.",
            f"{row} is gone, and nobody deleted it."
            if key in then
            else f"{row} is there, and nobody added it.",
            words=(wanted.table,),
            in_app=True,
        )
    name = next(name for name in then[key] if then[key][name] != now[key].get(name))
    raise Refused(
        f"Through the models, {show(then[key][name])} was written as {name} of {row}.",
        f"The database holds {show(now[key].get(name))}.",
        words=(name, wanted.table),
        in_app=True,
    )


def _refuse_other_reading(table: str, wanted: Read, actual: Read) -> None:
    """Refuse where an attribute of both reads otherwise; whether it may be missing, others say."""
    for key, row in wanted.items():
        now = actual.get(key, row)
        if FAILURE in now and FAILURE not in row:
            sentence = f"{table} row {key} cannot be read through the models:"
            raise Refused(sentence, now[FAILURE], in_app=True)
        for name in row.keys() & now.keys():
            if row[name] != now[name]:
                raise Refused(
                    f"Through the models, {name} of {table} row {key} reads {_legible(now[name])}.",
                    f"It should read {_legible(row[name])}.",
                    words=(name, table),
                    in_app=True,
                )


def _legible(text: str) -> str:
    """A text as it is, where each sign of it can be seen; otherwise as Python writes it."""
    if not text:
        return "empty"
    return text if text.isprintable() and text == " ".join(text.split()) else repr(text)


def _refuse_another(own: Mapped, attribute: str, aspect: str, value: str) -> None:
    name = attribute.rpartition(".")[2]
    if attribute not in own:
        raise Refused(
            f"The models have no attribute {attribute} any more, and the app still uses it.",
            words=(name,),
            in_app=True,
        )
    if own[attribute][aspect] != value:
        raise Refused(
            f"In the models, {attribute} does not do what it did: its {aspect} is "
            f"{own[attribute][aspect] or 'empty'}; it should be {value or 'empty'}.",
            words=(name,),
            in_app=True,
        )
