"""The bank for an LMS: read back by a strict parser, nothing is lost and the right one is right."""

import html
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from remodel.course.catalog import find_course
from remodel.course.quiz import Option, Question, inline
from remodel.site.lms import as_gift, drawn_as_gift, drawn_bank, whole_bank, write_qti
from tests.conftest import Remodel

BANK = whole_bank(find_course())
DRAWN = drawn_bank(find_course())
TEXT = r"((?:\\[~=#{}:\\]|[^~=#{}:\\\n])+)"  # an escaped special, or what is none
OPTION = re.compile(rf"  ([=~]){TEXT}#{TEXT}\n")
QUESTION = re.compile(rf"::{TEXT}::\[html\]{TEXT} \{{\n((?:{OPTION.pattern})+)\}}\n\n?")
CATEGORY = re.compile(r"\$CATEGORY: \$course\$/Remodel/([^\n]+)\n\n")
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
#: Everything that a format may trip over.
AWKWARD = Question(
    "awkward-one",
    "single",
    'Is {this} ~ = # : \\ & <b> "a" *b* _c_ [d](e) `f{g}=~#:` | 1. x? Ærø – `<i>`',
    "tests/site/test_lms.py::test_x",
    (Option("1) = `a|b`", "# no: `op.f('x')`", True), Option("... b} & \\n", "~50%~ * c", False)),
)

#: A question as an export has it: title, text, and for each option right or not, text, reason.
Entry = tuple[str | None, str, list[tuple[bool, str, str]]]


def parse_gift(text: str) -> dict[str, list[Entry]]:
    """Categories with their questions; fails on anything that the grammar does not know."""
    found: dict[str, list[Entry]] = {}
    place = 0
    while place < len(text):
        if category := CATEGORY.match(text, place):
            found[category[1]] = []
            place = category.end()
            continue
        question = QUESTION.match(text, place)
        assert question, f"no GIFT: {text[place : place + 200]!r}"
        options = [
            (mark == "=", plain(said), plain(why))
            for mark, said, why in OPTION.findall(question[3])
        ]
        found[list(found)[-1]].append((plain(question[1]), plain(question[2]), options))
        place = question.end()
    return found


def plain(escaped: str) -> str:
    """What stands there once GIFT's escapes are taken away."""
    return re.sub(r"\\([~=#{}:\\])", r"\1", escaped)


def wanted(questions: list[Question], form: Callable[[str], str]) -> list[Entry]:
    """The same from the bank, in the form that the export has."""
    return [
        (q.id, form(q.ask), [(o.right, form(o.text), form(o.why)) for o in q.options])
        for q in questions
    ]


def parse_qti(file: Path) -> list[Entry]:
    """The questions of one zip, in its order, as text without markup."""
    with zipfile.ZipFile(file) as opened:
        texts = {name: opened.read(name) for name in opened.namelist() if name.endswith(".xml")}
    parsed = {name: ElementTree.fromstring(text) for name, text in texts.items()}
    [quiz] = [tree for tree in parsed.values() if tree.tag == f"{QTI}questestinterop"]
    return [parse_item(item) for item in quiz.iter(f"{QTI}item")]


def parse_item(item: ElementTree.Element) -> Entry:
    """One question: its title, its text, and its options with mark and feedback."""
    [right] = [
        condition.findtext(f".//{QTI}varequal")
        for condition in item.iter(f"{QTI}respcondition")
        if condition.findtext(f"{QTI}setvar") == "100"
    ]
    feedback = {
        each.get("ident"): shown(each.findtext(f".//{QTI}mattext"))
        for each in item.iter(f"{QTI}itemfeedback")
    }
    options = [
        (
            label.get("ident") == right,
            shown(label.findtext(f".//{QTI}mattext")),
            feedback[f"{label.get('ident')}_fb"],
        )
        for label in item.iter(f"{QTI}response_label")
    ]
    ask = item.findtext(f"{QTI}presentation/{QTI}material/{QTI}mattext")
    return (item.get("title"), shown(ask), options)


def shown(markup: str | None) -> str:
    """What a person sees of some HTML."""
    assert markup
    return html.unescape(re.sub(r"</?(?:p|code)>", "", markup)).strip()


def without_ticks(text: str) -> str:
    """What a person sees of a text of the bank."""
    return text.replace("`", "")


def test_drawn_questions_come_with_their_tables_and_one_right_option() -> None:
    """All that stand on a page; what stands in columns has no blank that HTML would lose."""
    parsed = parse_gift(drawn_as_gift(DRAWN))
    assert {title: len(each) for title, each in parsed.items()} == {
        title: len(each) for title, each in DRAWN.items()
    }
    for title, questions in DRAWN.items():
        for question, (name, text, options) in zip(questions, parsed[title], strict=True):
            assert name == question.id and question.blocks[0].text.split("\n")[0].split()[0] in text
            assert [right for right, _, _ in options] == [each.right for each in question.options]
            assert all("  " not in said for _, said, _ in options)


def test_every_question_of_the_course_is_exported() -> None:
    assert "4. Creating and applying migrations" in BANK
    assert len(BANK["Myths"]) == 15


@pytest.mark.parametrize("bank", [BANK, {"1. a/b": [AWKWARD]}], ids=["the course", "awkward"])
def test_gift_says_what_the_bank_says(bank: dict[str, list[Question]]) -> None:
    found = parse_gift(as_gift(bank))
    assert [title.replace("//", "/") for title in found] == list(bank)
    for read, questions in zip(found.values(), bank.values(), strict=True):
        assert read == wanted(questions, inline)


@pytest.mark.parametrize("bank", [BANK, {"1. a/b": [AWKWARD]}], ids=["the course", "awkward"])
def test_qti_says_what_the_bank_says(bank: dict[str, list[Question]], tmp_path: Path) -> None:
    files = write_qti(bank, tmp_path)
    for file, questions in zip(files, bank.values(), strict=True):
        assert parse_qti(file) == wanted(questions, without_ticks)


def test_the_command_writes_one_gift_and_a_zip_for_each_part(
    looking: Remodel, tmp_path: Path
) -> None:
    done = looking("dev", "export", str(tmp_path / "new" / "folder"))
    assert done.returncode == 0, done.stderr
    written = sorted(path.name for path in (tmp_path / "new" / "folder").iterdir())
    assert "remodel.gift" in written and "myths.zip" in written
    assert len(written) == len(BANK) + 2
    assert all(name in done.stdout for name in written)
    assert f"{sum(map(len, BANK.values()))} questions in {len(BANK)} parts" in done.stdout
    gift = (tmp_path / "new" / "folder" / "remodel.gift").read_text("utf-8")
    assert sum(map(len, parse_gift(gift).values())) == sum(map(len, BANK.values()))


def test_without_text2qti_there_is_gift_alone(looking: Remodel, tmp_path: Path) -> None:
    call = (
        "import sys; sys.modules['text2qti'] = None; "
        f"sys.argv[1:] = ['dev', 'export', {str(tmp_path)!r}]; from remodel.cli import main; main()"
    )
    done = looking.run(sys.executable, "-c", call)
    assert done.returncode == 0, done.stderr
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["remodel-drawn.gift", "remodel.gift"]
    assert "No QTI, for Canvas and others" in done.stdout


def test_the_strict_parser_refuses_an_unescaped_special() -> None:
    gift = as_gift({"x": [AWKWARD]})
    with pytest.raises(AssertionError, match="no GIFT"):
        parse_gift(gift.replace("\\#", "#", 1))
