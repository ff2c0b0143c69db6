"""Changes that only attack: written without a look at those which shape the rows of a grader.

A grader's rows hold what `value_changes` alters, so its own changes prove little of the rows. These
say how the rows do on changes that nobody had in mind. Never make rows of them: a change that a
grader does not see becomes a change in `value_changes`, and a new one takes its place here.
"""

import html
import math
import posixpath
import re
import struct
import textwrap
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

from remodel.database.value_changes import ValueChange
from remodel.database.value_changes.change import on

_TEXT = ("text",)
_COUNTED = ("integer", "number")


def _shorter_float(value: float) -> float:
    packed: float = struct.unpack("<f", struct.pack("<f", value))[0]
    return packed if math.isfinite(packed) else value


def _without_marks(value: str) -> str:
    apart = unicodedata.normalize("NFD", value)
    return "".join(each for each in apart if not unicodedata.combining(each))


def _as_page_of_windows(value: str) -> str:
    return value.encode("cp1252", "replace").decode("cp1252")


def _on_a_weekday(value: str) -> str:
    with suppress(ValueError):
        day = date.fromisoformat(value)
        return str(day + timedelta(7 - day.weekday())) if day.weekday() > 4 else value
    return value


def _text(name: str, code: str, change: Callable[[str], str], *examples: str) -> ValueChange:
    return ValueChange(name, code, _TEXT, on(str, change), examples)


def _counted(
    name: str, code: str, kinds: tuple[str, ...], change: Callable[[Any], Any], *examples: float
) -> ValueChange:
    return ValueChange(name, code, kinds, on((int, float), change), examples)


def _moment(
    name: str, code: str, kind: str, change: Callable[[str], str], example: str
) -> ValueChange:
    return ValueChange(name, code, (kind,), on(str, change), (example,))


#: Each with its examples, as in `value_changes`.
VALUES = (
    _text(
        "two hyphens are a dash", "v.replace('--', '—')", lambda v: v.replace("--", "—"), "a -- b"
    ),
    _text(
        "three dots are one",
        "v.replace('...', '…')",
        lambda v: v.replace("...", "…"),
        "and so on...",
    ),
    _text("a full stop goes", "v.removesuffix('.')", lambda v: v.removesuffix("."), "Approx."),
    _text("a sharp s is two", "v.replace('ß', 'ss')", lambda v: v.replace("ß", "ss"), "weiß"),
    _text(
        "a written newline becomes one",
        r"v.replace('\\n', '\n')",
        lambda v: v.replace("\\n", "\n"),
        "C:\\new",
    ),
    _text(
        "two percent signs are one",
        "v.replace('%%', '%')",
        lambda v: v.replace("%%", "%"),
        "50%% off",
    ),
    _text("unquoted as an address", "unquote(v)", unquote, "25%20cm"),
    _text("plus is a blank", "v.replace('+', ' ')", lambda v: v.replace("+", " "), "bed+sofa"),
    _text("escaped for HTML", "html.escape(v)", html.escape, "Kim & Co", 'so "new"'),
    _text("leading zeros go", "v.lstrip('0')", lambda v: v.lstrip("0") or v, "007"),
    _text(
        "a number loses its last zeros",
        "str(float(v))",
        lambda v: v.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", v) else v,
        "1.50",
    ),
    _text(
        "a sign for nothing is NULL",
        "None if v in '-?' else v",
        lambda v: v if v not in ("-", "?", "—") else "",
        "-",
        "?",
    ),
    _text(
        "the word None is nothing",
        "'' if v == 'None' else v",
        lambda v: "" if v in ("None", "null", "NULL", "nan") else v,
        "None",
        "null",
    ),
    _text(
        "two apostrophes are one",
        """v.replace("''", "'")""",
        lambda v: v.replace("''", "'"),
        "6'' wide",
    ),
    _text("quotes around it go", """v.strip('"')""", lambda v: v.strip('"'), '"Oak"'),
    _text(
        "guarded against formulas",
        """"'" + v if v[:1] in '=+@' else v""",
        lambda v: "'" + v if v[:1] in ("=", "+", "@") else v,
        "=1+1",
        "@home",
    ),
    _text(
        "a day is put the other way",
        "day.strftime('%d.%m.%Y')",
        lambda v: re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", v),
        "2026-01-02",
    ),
    _text(
        "the first line only",
        "v.splitlines()[0]",
        lambda v: v.splitlines()[0] if v.splitlines() else v,
        "one\ntwo",
    ),
    _text(
        "marks of direction go",
        "v.replace('\\u200f', '')",
        lambda v: v.replace("\u200f", "").replace("\u200e", ""),
        "\u200fa",
    ),
    _text(
        "pictures go",
        "category(c) != 'So'",
        lambda v: "".join(c for c in v if unicodedata.category(c) != "So"),
        "sofa ☂",
        "⌘ desk",
    ),
    _text(
        "the look of a picture goes",
        "v.replace('\\ufe0f', '')",
        lambda v: v.replace("\ufe0f", ""),
        "❤\ufe0f bed",
    ),
    _text("marks on letters go", "unicodedata.combining", _without_marks, "Étagère", "Krzesło ó"),
    _text(
        "through a code page",
        "v.encode('cp1252', 'replace')",
        _as_page_of_windows,
        "Кресло",
        "日本",
    ),
    _text(
        "capitals alone become a name",
        "v.capitalize() if v.isupper()",
        lambda v: v.capitalize() if v.isupper() else v,
        "TV",
    ),
    _text(
        "a small name gets a capital",
        "v[:1].upper() + v[1:]",
        lambda v: v[:1].upper() + v[1:],
        "old chair",
    ),
    _text("semicolons are commas", "v.replace(';', ',')", lambda v: v.replace(";", ","), "a; b"),
    _text(
        "a sign for and is the word",
        "v.replace('&', 'and')",
        lambda v: v.replace("&", "and"),
        "Kim & Lee",
    ),
    _text(
        "what is in brackets goes",
        r"re.sub(r'\s*\(.*?\)', '', v)",
        lambda v: re.sub(r"\s*\(.*?\)", "", v),
        "Desk (old)",
    ),
    _text(
        "a number at the end goes",
        r"re.sub(r'\s+\d+$', '', v)",
        lambda v: re.sub(r"\s+\d+$", "", v),
        "Chair 2",
    ),
    _text("what follows # goes", "v.partition('#')[0]", lambda v: v.partition("#")[0], "Flat #4"),
    _text("tags go", "re.sub('<[^>]+>', '', v)", lambda v: re.sub("<[^>]+>", "", v), "<b>Bed</b>"),
    _text(
        "the article goes", "v.removeprefix('The ')", lambda v: v.removeprefix("The "), "The sofa"
    ),
    _text(
        "a comma in a number is a point",
        r"re.sub(r'(\d),(\d)', r'\1.\2', v)",
        lambda v: re.sub(r"(\d),(\d)", r"\1.\2", v),
        "1,5 m",
    ),
    _text(
        "29 February is the 28th",
        "v.replace('-02-29', '-02-28')",
        lambda v: v.replace("-02-29", "-02-28"),
        "2024-02-29",
    ),
    _text(
        "a soft hyphen goes",
        "v.replace('\\xad', '')",
        lambda v: v.replace("\xad", ""),
        "book\xadcase",
    ),
    _text(
        "the last word alone is a name", "v.split(',')[0]", lambda v: v.split(",")[0], "Lee, Kim"
    ),
    _text(
        "cut in the middle",
        "v[:12] + v[-12:]",
        lambda v: v[:12] + v[-12:] if len(v) > 24 else v,
        "a" * 12 + "middle" + "b" * 12,
    ),
    _text("a text of twenty is cut by one", "v[:19]", lambda v: v[:19], "x" * 20),
    _text(
        "an underscore is a blank",
        "v.replace('_', ' ')",
        lambda v: v.replace("_", " "),
        "living_room",
    ),
    _text("the tab goes", "v.expandtabs()", lambda v: v.expandtabs(4), "a\tb"),
    _text(
        "a mark of byte order goes",
        "v.removeprefix('\\ufeff')",
        lambda v: v.removeprefix("\ufeff"),
        "\ufeffBed",
    ),
    _text(
        "characters that control go",
        "category(c) != 'Cc'",
        lambda v: "".join(c for c in v if unicodedata.category(c) != "Cc"),
        "a\x07b",
    ),
    _text(
        "a line of Unicode is one of ours",
        "v.replace('\\u2028', '\\n')",
        lambda v: v.replace("\u2028", "\n"),
        "a\u2028b",
    ),
    _text(
        "a list is put in order",
        "', '.join(sorted(v.split(', ')))",
        lambda v: ", ".join(sorted(v.split(", "))),
        "sofa, bed",
    ),
    _text(
        "a path is made plain",
        "posixpath.normpath(v)",
        lambda v: posixpath.normpath(v) if "/" in v else v,
        "a//b",
        "./a",
    ),
    _text(
        "inches are written out",
        "re.sub(r'(\\d)\"', r'\\1 in', v)",
        lambda v: re.sub(r'(\d)"', r"\1 in", v),
        '20"',
    ),
    _text(
        "a house number stands in front",
        r"re.sub(r'^(\D+) (\d+)$', r'\2 \1', v)",
        lambda v: re.sub(r"^(\D+) (\d+)$", r"\2 \1", v),
        "High Street 4",
    ),
    _text(
        "a bad word is starred",
        "v.replace('ass', '***')",
        lambda v: v.replace("ass", "***"),
        "glass",
    ),
    _text(
        "lines are filled", "textwrap.fill(v, 72)", lambda v: textwrap.fill(v, 72), "oak desk " * 10
    ),
    _text(
        "the sign of money stands behind",
        r"re.sub(r'\$(\d+)', r'\1 USD', v)",
        lambda v: re.sub(r"\$(\d+)", r"\1 USD", v),
        "$5",
    ),
    _text(
        "letters that look Latin are",
        "confusables",
        lambda v: v.translate(str.maketrans("аеорсух", "aeopcyx")),
        "рaypal",
    ),
    _text(
        "words of no weight go",
        "[w for w in v.split() if w not in STOP_WORDS]",
        lambda v: re.sub(r"\b(of|and|for|with) ", "", v),
        "chest of drawers",
    ),
    _text("a plural is one thing", "v.rstrip('s')", lambda v: v.removesuffix("s"), "desks"),
    _text(
        "no blank before a mark",
        r"re.sub(r' ([!?:;%])', r'\1', v)",
        lambda v: re.sub(r" ([!?:;%])", r"\1", v),
        "Oh !",
        "50 %",
    ),
    _text(
        "the last name comes first",
        r"re.sub(r'^(\w+) (\w+)$', r'\2, \1', v)",
        lambda v: re.sub(r"^(\w+) (\w+)$", r"\2, \1", v),
        "Kim Lee",
    ),
    _text(
        "no letter stands three times",
        r"re.sub(r'(.)\1{2,}', r'\1\1', v)",
        lambda v: re.sub(r"(.)\1{2,}", r"\1\1", v),
        "sooo",
    ),
    _text("vowels go", "re.sub('[aeiou]', '', v)", lambda v: re.sub("[aeiou]", "", v), "table"),
    _text(
        "thousands get commas",
        "humanize.intcomma(v)",
        lambda v: f"{int(v):,}" if re.fullmatch(r"[1-9]\d{3,20}", v) else v,
        "1234567",
    ),
    _counted("in tens", "round(v, -1)", ("integer",), lambda v: round(v, -1), 7, 123),
    _counted("nothing below zero", "max(v, 0)", _COUNTED, lambda v: max(v, 0), -1),
    _counted(
        "no more than six digits", "min(v, 999_999)", _COUNTED, lambda v: min(v, 999_999), 1_000_000
    ),
    _counted("sixteen bits", "v & 0x7fff", ("integer",), lambda v: v & 0x7FFF, 40_000),
    _counted("yes or no", "int(bool(v))", ("integer",), lambda v: int(bool(v)), 2),
    ValueChange(
        "a short float", "struct.pack('f', v)", ("number",), _shorter_float, (0.1, 1234.567)
    ),
    _counted(
        "two digits after the point",
        "round(v, 2)",
        ("number",),
        lambda v: round(v, 2),
        1.005,
        0.125,
    ),
    _counted("a hundred at most", "min(v, 100)", ("integer",), lambda v: min(v, 100), 101),
    _counted("all is true", "True", ("boolean",), lambda v: 1, 0),
    _counted("the other one", "not v", ("boolean",), lambda v: int(not v), 0, 1),
    _moment(
        "days before the epoch are it",
        "max(day, EPOCH)",
        "date",
        lambda v: max(v, "1970-01-01"),
        "1899-12-31",
    ),
    _moment(
        "days to come are the last of a year",
        "min(day, 2038)",
        "date",
        lambda v: min(v, "2037-12-31"),
        "2100-01-01",
    ),
    _moment(
        "every month has thirty days",
        "v.replace('-31', '-30')",
        "date",
        lambda v: re.sub("-31$", "-30", v),
        "2026-01-31",
    ),
    _moment("a year of two digits", "'20' + v[2:]", "date", lambda v: "20" + v[2:], "1998-05-05"),
    _moment(
        "29 February is 1 March",
        "v.replace('-02-29', '-03-01')",
        "date",
        lambda v: v.replace("-02-29", "-03-01"),
        "2024-02-29",
    ),
    _moment(
        "day and month change places",
        "day.strftime('%Y-%d-%m')",
        "date",
        lambda v: f"{v[:5]}{v[8:]}-{v[5:7]}" if int(v[8:]) < 13 else v,
        "2026-01-02",
    ),
    _moment(
        "a weekend is the Monday after it",
        "numpy.busday_offset(day, 0, 'forward')",
        "date",
        _on_a_weekday,
        "2026-01-03",
    ),
    _moment(
        "the clock has twelve hours",
        "moment.strftime('%Y-%m-%d %I:%M')",
        "moment",
        lambda v: f"{v[:11]}{int(v[11:13]) % 12:02}{v[13:]}",
        "2026-01-02 13:04:05.678901",
    ),
    _moment(
        "parts of a second go",
        "moment.replace(microsecond=0)",
        "moment",
        lambda v: v[:20] + "000000",
        "2026-01-02 03:04:05.678901",
    ),
    _moment(
        "midnight",
        "moment.date()",
        "moment",
        lambda v: v[:10] + " 00:00:00.000000",
        "2026-01-02 03:04:05.678901",
    ),
    _moment(
        "an hour later",
        "moment + timedelta(hours=1)",
        "moment",
        lambda v: f"{v[:11]}{(int(v[11:13]) + 1) % 24:02}{v[13:]}",
        "2026-01-02 03:04:05.678901",
    ),
)
