"""The reference pages: their data is whole, and what they claim is proved somewhere."""

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

from remodel.cli.trials import tried, tried_dialects
from remodel.course.autogenerate_cases import (
    ENGINES,
    CaseOutcome,
    all_cases,
    outcome_counts,
    read_cases,
    read_outcomes,
    select_cases,
)
from remodel.course.catalog import find_course
from remodel.course.dialect_cases import read_dialect_outcomes, select_dialect_cases
from remodel.course.messages import Message, read_groups, read_messages
from remodel.errors import CourseError
from remodel.experiments.house import mariadb_server, postgresql_server
from remodel.site.reference.commands import (
    commands,
    missing,
    option_names,
    read_commands,
)
from remodel.site.reference.glossary import Term, glossary_page, read_terms, tooltips
from remodel.site.reference.messages import message_pages, page_name, source_name

__all__ = ["mariadb_server", "postgresql_server"]

COURSE = find_course()
LAYOUT = COURSE.layout
DOCS = LAYOUT.docs
MESSAGES = read_messages(LAYOUT.error_messages)
EXPERIMENTS = COURSE.root / "tests" / "experiments" / "error_messages"
GROUP = """
[[group]]
title = "When"
intro = "Then."
folder = "tests/site/test_reference.py"
"""
MESSAGE = """
[[group.message]]
heading = "Broken"
says = "It is broken"
means = "It broke."
test = "test_x"
lesson = 3
"""


def messages(folder: Path, text: str) -> list[Message]:
    (folder / "errors.toml").write_text(text, encoding="utf-8")
    return read_messages(folder / "errors.toml")


# -- error messages ----------------------------------------------------------------------------


def test_there_are_thirty_messages_or_more() -> None:
    assert len({message.heading for message in MESSAGES}) == len(MESSAGES) >= 30


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.test)
def test_the_experiment_of_a_message_asserts_its_heading(message: Message) -> None:
    asserted = ast.parse(message.proof(COURSE.root).source)
    texts = [node.value for node in ast.walk(asserted) if isinstance(node, ast.Constant)]
    assert [text for text in texts if isinstance(text, str) and message.heading in text]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.test)
def test_the_heading_is_part_of_what_is_said(message: Message) -> None:
    assert message.heading in message.says


def test_every_experiment_has_its_message() -> None:
    found = [
        name
        for file in EXPERIMENTS.glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(found) == sorted(message.test for message in MESSAGES)


def test_every_message_stands_on_the_page_under_its_group() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    wanted = [f"## {group.title}" for group in read_groups(LAYOUT.error_messages)]
    assert re.findall(r"^## .+", page, re.MULTILINE)[:-1] == wanted
    headings = re.findall(r"^- <a id=.*?></a>\[`(.+)`\]", page, re.MULTILINE)
    assert headings == [message.heading for message in MESSAGES]


def test_every_message_has_a_page_with_its_meaning_cure_and_proof_and_no_other_has() -> None:
    pages = {page: page.read_text(encoding="utf-8") for page in (DOCS / "errors").glob("*.md")}
    assert pages.keys() == message_pages(COURSE).keys()
    for message in MESSAGES:
        text = pages[DOCS / "errors" / page_name(message)]
        assert message.says.strip() in text and message.means in text
        assert f"def {message.test}(" in text


def test_the_source_of_a_message_is_called_by_its_name() -> None:
    named = {source_name(message.source) for message in MESSAGES if message.source}
    assert {"Flask-Migrate, issue 529", "Flask's documentation"} <= named
    assert [name for name in named if re.search(r"^www\.|\.org$|\.com$|\.io$", name)] == []


def test_a_message_without_a_cure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="'cure' is missing"):
        messages(tmp_path, GROUP + MESSAGE)


def test_an_unknown_key_of_a_message_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="unknown key 'hint'"):
        messages(tmp_path, GROUP + MESSAGE + 'cure = "Mend it."\nhint = "x"\n')


def test_a_message_whose_experiment_is_missing_is_refused(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, GROUP + MESSAGE + 'cure = "Mend it."\n')
    with pytest.raises(CourseError, match="has no 'test_x'"):
        message.proof(COURSE.root)


# -- transcripts -------------------------------------------------------------------------------


def test_every_transcript_of_the_docs_is_shown() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    texts = [file.stem for file in (DOCS / "transcripts").glob("*.txt")]
    assert texts and [stem for stem in texts if f'transcript("{stem}")' not in pages] == []


# -- commands ----------------------------------------------------------------------------------


def test_every_command_has_its_sentence_and_no_other() -> None:
    assert read_commands(LAYOUT.commands).sentences.keys() == commands().keys()


def test_every_option_has_its_words_and_no_other() -> None:
    assert read_commands(LAYOUT.commands).options.keys() == option_names()


def test_what_alembic_has_besides_is_named() -> None:
    assert "- `alembic current --check-heads`" in list(missing())
    assert not [line for line in missing() if "--purge" in line]  # that one is in both


# -- autogenerate ------------------------------------------------------------------------------

CASES_READ = read_cases(LAYOUT.autogenerate_cases)
FEW = (
    "new-column",
    "renamed-column",
    "date-to-datetime",
    "primary-key-to-biginteger",
    "unique-added",
    "server-default-added",
    "column-order",
)


def test_there_are_45_cases_or_more_and_each_was_tried_on_three_databases() -> None:
    ids = [case.id for case in all_cases(CASES_READ)]
    assert len(set(ids)) == len(ids) >= 45
    outcomes = read_outcomes(LAYOUT.autogenerate_outcomes)
    assert outcomes.keys() == ENGINES.keys()
    assert all(sorted(found) == sorted(ids) for found in outcomes.values())


def test_a_bar_counts_every_case_by_its_sign() -> None:
    """The three parts of a bar have the numbers of the words beside it."""
    words = [*["works"] * 2, "nothing to do", *["missed"] * 3, "upgrade fails"]
    seven = {f"case-{number}": CaseOutcome(word) for number, word in enumerate(words)}
    line, bar = outcome_counts({"sqlite": seven})
    assert line == "- **SQLite**, 7 cases: works 2, nothing to do 1, missed 3, upgrade fails 1."
    assert re.findall(r"flex-grow:(\d+)\">(.) \1<", bar) == [("3", "✓"), ("3", "✗"), ("1", "⚠")]


def outcomes_of(case: str) -> set[str]:
    """What a case came to, on any database."""
    return {found[case].outcome for found in read_outcomes(LAYOUT.autogenerate_outcomes).values()}


def test_every_outcome_that_disappoints_has_a_word_of_explanation() -> None:
    bad = {"wrong", "incomplete"}
    cases = [case for case in all_cases(CASES_READ) if outcomes_of(case.id) & bad]
    assert cases and [case.id for case in cases if not case.says] == []


def test_what_works_is_proved_with_rows() -> None:
    works = [case for case in all_cases(CASES_READ) if "works" in outcomes_of(case.id)]
    assert works and [case.id for case in works if not (case.rows or case.accepts)] == []
    assert [case.id for case in works if not case.expect] == []


def test_a_handful_of_cases_comes_to_the_same_today() -> None:
    wanted = read_outcomes(LAYOUT.autogenerate_outcomes)["sqlite"]
    found = dict(tried(select_cases(LAYOUT.autogenerate_cases, FEW), ["sqlite"]))["sqlite"]
    assert found == {each: wanted[each] for each in FEW}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
def test_every_case_comes_to_the_same_today(engine: str, request: pytest.FixtureRequest) -> None:
    if engine != "sqlite":
        request.getfixturevalue(f"{engine}_server")  # skips, or fails where CI asks for it
    found = dict(tried(select_cases(LAYOUT.autogenerate_cases, []), [engine]))[engine]
    assert found == read_outcomes(LAYOUT.autogenerate_outcomes)[engine]


def test_an_unknown_case_is_refused() -> None:
    with pytest.raises(CourseError, match="no case 'colour-of-the-door'"):
        select_cases(LAYOUT.autogenerate_cases, ["colour-of-the-door"])


# -- the same migration on three databases ---------------------------------------------------------

DIALECT_CASES = select_dialect_cases(LAYOUT.dialect_cases, [])
SOME_DIALECT_CASES = ("fails-half-way", "bad-text-to-integer", "two-upgrades-values", "wider-type")


def test_every_migration_was_run_on_three_databases() -> None:
    outcomes = read_dialect_outcomes(LAYOUT.dialect_outcomes)
    assert outcomes.keys() == ENGINES.keys()
    assert all(list(ran) == [case.id for case in DIALECT_CASES] for ran in outcomes.values())


def test_what_differs_between_databases_has_a_word_of_explanation() -> None:
    outcomes = read_dialect_outcomes(LAYOUT.dialect_outcomes)
    differs = [
        case
        for case in DIALECT_CASES
        if len({ran[case.id].after for ran in outcomes.values()}) > 1 and case.ask
    ]
    assert differs and [case.id for case in differs if not case.says] == []


def test_some_migrations_do_the_same_today() -> None:
    cases = select_dialect_cases(LAYOUT.dialect_cases, SOME_DIALECT_CASES)
    wanted = read_dialect_outcomes(LAYOUT.dialect_outcomes)["sqlite"]
    ran = dict(tried_dialects(cases, ["sqlite"]))["sqlite"]
    assert ran == {each: wanted[each] for each in SOME_DIALECT_CASES}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "mariadb"])
def test_every_migration_does_the_same_today(engine: str, request: pytest.FixtureRequest) -> None:
    if engine != "sqlite":
        request.getfixturevalue(f"{engine}_server")  # skips, or fails where CI asks for it
    ran = dict(tried_dialects(DIALECT_CASES, [engine]))[engine]
    assert ran == read_dialect_outcomes(LAYOUT.dialect_outcomes)[engine]


def test_an_unknown_migration_is_refused() -> None:
    with pytest.raises(CourseError, match="no case 'paint-the-door'"):
        select_dialect_cases(LAYOUT.dialect_cases, ["paint-the-door"])


# -- glossary ----------------------------------------------------------------------------------

TERMS_READ = read_terms(LAYOUT.glossary)


def test_the_glossary_has_forty_terms_or_so_by_the_alphabet() -> None:
    names = [term.name for term in TERMS_READ]
    assert 35 <= len(set(names)) == len(names) <= 45
    page = (DOCS / "glossary.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)", page, re.MULTILINE) == names == sorted(names, key=str.lower)


def test_a_tooltip_is_a_spelling_of_its_term_and_stands_in_the_file() -> None:
    (text,) = tooltips(COURSE).values()
    spelt = [(term, each) for term in TERMS_READ for each in term.tooltip]
    assert spelt and all(each.lower() == term.name.lower() for term, each in spelt)
    assert [line.split("]:")[0] for line in text.splitlines()] == [f"*[{each}" for _, each in spelt]


def test_a_term_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(CourseError, match="no page nowhere"):
        list(glossary_page(COURSE, [Term("Nothing", "Nothing.", ("nowhere.md",), ())]))


# -- commands on the pages ---------------------------------------------------------------------

PAGES = ["cheat-sheet.md", "commands.md", "errors.md", "glossary.md", "pitfalls.md"]
#: What the pages show as a mistake.
MISTAKES = {"flask db downgrade -1"}


def typed(page: str) -> list[str]:
    """Every `flask db` command that a page tells its reader to type."""
    text = (DOCS / page).read_text(encoding="utf-8")
    inline = re.findall(r"`(?:DATABASE_URL=\S+ )?(flask db [^`]*)`", text)
    blocks = re.findall(r"^\$ (?:DATABASE_URL=\S+ )?(flask db .+)$", text, re.MULTILINE)
    return sorted({line for line in inline + blocks if line not in MISTAKES and "…" not in line})


@pytest.mark.parametrize("line", sorted({line for page in PAGES for line in typed(page)}))
def test_a_command_of_the_pages_is_one_that_flask_migrate_takes(line: str) -> None:
    _flask, _db, *words = shlex.split(line)
    while words[0] in ("-x", "-d"):  # options of the group, with a value each
        del words[:2]
    name, *arguments = words
    with commands()[name].make_context(name, arguments):  # a wrong option is a UsageError
        pass


def test_the_mistake_on_the_pages_is_one() -> None:
    with pytest.raises(click.UsageError, match="-1"):
        commands()["downgrade"].make_context("downgrade", ["-1"])
