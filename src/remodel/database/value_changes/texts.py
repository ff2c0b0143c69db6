"""What happens to texts."""

import html
import json
import re
import unicodedata
import urllib.parse
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from remodel.database.value_changes.change import SQLITE, Change, ValueChange, null, on

#: A text of any length, as people write it.
LONG = (
    "The green armchair that stood in the parlour until the winter of 1987, when the left leg "
    "came off; Greta had it glued in Leeds, and nobody has sat in it for long since. "
) * 20
#: The lengths that columns of the course have. The longest value is the one to cut.
_LENGTHS = (3000, 200, 80, 60, 40, 30, 20)


def _text(name: str, code: str, change: Change, *examples: str, **more: Any) -> ValueChange:
    return ValueChange(name, code, ("text",), on(str, change), examples, **more)


def _re(pattern: str, by: str = "") -> Change:
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(by, text)


def _words(by: Mapping[str, Any]) -> Change:
    return lambda text: by.get(text.lower(), text)


def _read_where_it_can(change: Change) -> Change:
    def changed(text: str) -> Any:
        with suppress(ValueError):
            return change(text)
        return text

    return changed


def _encoded(encoding: str, errors: str) -> Change:
    return lambda text: text.encode(encoding, errors).decode(encoding)


def _normal(form: Any) -> Change:
    return lambda text: unicodedata.normalize(form, text)


def _without_marks(text: str) -> str:
    return "".join(x for x in unicodedata.normalize("NFD", text) if not unicodedata.combining(x))


def _narrow(text: str) -> str:
    return text.translate({wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)})


def _cut(length: int) -> ValueChange:
    ends = [x for x in _LENGTHS if x > length] + [length + 1]
    examples = tuple(LONG[:end].rstrip().ljust(end, ".") for end in ends)
    code = f"substr(value, 1, {length})" if length < 9 else f"VARCHAR({length}) in MySQL"
    return _text(f"cut at {length}", code, lambda text: text[:length], *examples)


CASE = (
    _text("lower case", "LOWER(value)", str.lower, "Oak desk", "Oak"),
    _text("upper case", "UPPER(value)", str.upper, "oak desk", "oak"),
    _text("title case", "value.title(), INITCAP(value)", str.title, "oak desk", "oak"),
    _text("capitalised", "value.capitalize()", str.capitalize, "oak desk", "oak"),
    _text("case folded", "value.casefold()", str.casefold, "Oak desk", "Oak"),
    _text("sharp s written out", "value.casefold()", _re("ß", "ss"), "süße", "ß"),
    _text(
        "addresses in small letters",
        "email.lower(), a column of citext",
        lambda t: t.lower() if "@" in t else t,
        "Greta@Example.org",
        "G@x",
    ),
    _text(
        "words in one set apart",
        "re.sub('([a-z])([A-Z])', …) for a label",
        _re("([a-z])([A-Z])", r"\1 \2"),
        "an iPad",
        "aB",
    ),
)

BLANKS = (
    _text("trimmed", "TRIM(value), value.strip()", str.strip, " big oak ", " x ", " "),
    _text("trimmed on the left", "LTRIM(value)", str.lstrip, " big oak ", " x ", " "),
    _text("trimmed on the right", "RTRIM(value), a CHAR column", str.rstrip, " big oak ", " "),
    _text("blanks collapsed", '" ".join(value.split())', _re(r"\s+", " "), "oak  desk", "x  y"),
    _text("two blanks to one", "REPLACE(value, '  ', ' ')", _re("  ", " "), "oak  desk", "  "),
    _text("blanks removed", "REPLACE(value, ' ', '')", _re(" "), "oak desk", " "),
    _text("blanks to underscores", "REPLACE(value, ' ', '_')", _re(" ", "_"), "oak desk", " "),
    _text("blanks alone to NULL", "value.strip() or None", lambda t: t if t.strip() else None, " "),
    _text("blanks alone to empty", "value.strip()", lambda t: t if t.strip() else "", "   ", " "),
    _text("two blanks to NULL", "NULLIF(value, '  '), a column of CHAR(2)", null("  "), "  "),
    _text("tabs to blanks", "value.expandtabs(1)", _re("\t", " "), "oak\tdesk", "\t"),
    _text("cut at a tab", r"csv.reader(…, delimiter='\t')", _re("(?s)\t.*"), "oak\tdesk", "\t"),
    _text("no-break blanks to blanks", r"value.replace('\xa0', ' ')", _re("\xa0", " "), "3\xa0m"),
    _text("narrow blanks to blanks", "NFKC, value.split()", _re("\u202f", " "), "1\u202f000"),
    _text(
        "zero-width blanks removed", r"value.replace('\u200b', '')", _re("\u200b"), "oak\u200bdesk"
    ),
    _text(
        "zero-width joiners removed", r"value.replace('\u200d', '')", _re("\u200d"), "👩\u200d🔧"
    ),
    _text(
        "bidi marks removed", r"value.replace('\u200f', '')", _re("[\u200e\u200f]"), "כיסא\u200f"
    ),
    _text("soft hyphens removed", r"value.replace('\xad', '')", _re("\xad"), "arm\xadchair"),
    _text("byte order mark removed", "open(…, encoding='utf-8-sig')", _re("^\ufeff"), "\ufeffoak"),
)

LINES = (
    _text("line breaks to blanks", "' '.join(value.splitlines())", _re("[\r\n]+", " "), "oak\nred"),
    _text("first line only", "value.splitlines()[0]", _re("(?s)[\r\n].*"), "oak\nred", "\n"),
    _text("CR LF to LF", "open(…) of a CSV without newline=''", _re("\r\n", "\n"), "oak\r\nred"),
    _text("CR to LF", "open(…) of a CSV without newline=''", _re("\r\n?", "\n"), "oak\rred"),
    _text("CR lost", "REPLACE(value, CHAR(13), '')", _re("\r"), "oak\r\nred"),
    _text("LF to CR LF", "the text area of a form", _re("(?<!\r)\n", "\r\n"), "oak\nred", "\n"),
    _text("LF lost", "REPLACE(value, CHAR(10), '')", _re("\n"), "oak\nred", "\n"),
    _text("last line break lost", r"value.rstrip('\n'), $(…) in a shell", _re(r"\n+\Z"), "oak\n"),
    _text(
        "line separators to LF",
        r"'\n'.join(value.splitlines())",
        _re("[\u2028\x0b]", "\n"),
        "oak\u2028red",
    ),
    _text(
        "control characters removed",
        r"re.sub(r'[\x00-\x1f]', '', value)",
        _re("[\x00-\x1f]"),
        "oak\tdesk",
        "\t",
    ),
    _text("vertical tabs to blanks", "' '.join(value.split())", _re("\x0b", " "), "oak\x0bred"),
    _text("form feeds to blanks", "' '.join(value.split())", _re("\x0c", " "), "oak\x0cred"),
    _text("next lines to LF", "'\\n'.join(value.splitlines())", _re("\x85", "\n"), "oak\x85red"),
    _text("bells removed", r"value.replace('\a', '')", _re("\x07"), "bell \x07", "\x07"),
    _text(
        "terminal codes removed",
        r"re.sub(r'\x1b\[\d*m', '', value)",
        _re(r"\x1b\[\d*m|\x1b"),
        "\x1b[1moak",
        "\x1b",
    ),
    _text("DEL removed", r"value.replace('\x7f', '')", _re("\x7f"), "oak\x7fdesk", "\x7f"),
)

SIGNS = (
    _text("ASCII alone", "value.encode('ascii', 'ignore')", _encoded("ascii", "ignore"), "père"),
    _text(
        "? for all but ASCII",
        "value.encode('ascii', 'replace')",
        _encoded("ascii", "replace"),
        "père",
    ),
    _text("accents removed", "unaccent(value)", _without_marks, "père"),
    _text(
        "folded to ASCII",
        "unidecode(value)",
        lambda t: _without_marks(t).encode("ascii", "ignore").decode(),
        "père",
    ),
    _text("umlauts written out", "value.replace('ü', 'ue')", _re("ü", "ue"), "süße", "ü"),
    _text("NFC", "unicodedata.normalize('NFC', value)", _normal("NFC"), "e\u0301tage", "e\u0301"),
    _text("NFD", "the name of a file on a Mac", _normal("NFD"), "père", "é"),
    _text("NFKC", "unicodedata.normalize('NFKC', value)", _normal("NFKC"), "½ m²", "½"),
    _text(
        "typographic quotes to plain",
        "value.replace('“', '\"')",
        lambda t: t.translate(str.maketrans("‘’“”„", '\'\'"""')),
        "“best” desk",
        "‘x’",
    ),
    _text("plain quotes to typographic", "smartypants(value)", _re("'", "’"), "Ann's desk", "'"),
    _text("dashes to hyphens", "value.replace('–', '-')", _re("[–—]", "-"), "oak – red", "–"),
    _text("x to a times sign", "smartypants(value)", _re(r"(?<=\d)x(?=\d)", "×"), "3x4x5"),
    _text("ellipsis to dots", "value.replace('…', '...')", _re("…", "..."), "and so on…", "…"),
    _text("dots to an ellipsis", "smartypants(value)", _re(r"\.\.\.", "…"), "and so on...", "..."),
    _text("times sign to x", "value.replace('×', 'x')", _re("×", "x"), "4×3", "×"),
    _text("euro sign written out", "a column of Latin-1", _re("€", "EUR"), "for 40 €", "€"),
    _text(
        "replacement signs to ?", r"value.replace('\ufffd', '?')", _re("\ufffd", "?"), "caf\ufffd"
    ),
    _text("private signs removed", "the signs of an icon font", _re("[\ue000-\uf8ff]"), "\ue8b8"),
    _text(
        "beyond the BMP lost",
        "a column of utf8mb3 in MySQL",
        _re("[\U00010000-\U0010ffff]"),
        "desk 🪑",
        "🪑",
    ),
    _text(
        "beyond the BMP to ?",
        "CONVERT(value USING utf8mb3)",
        _re("[\U00010000-\U0010ffff]", "?"),
        "desk 🪑",
        "🪑",
    ),
    _text("emoji variants lost", r"value.replace('\ufe0f', '')", _re("\ufe0f"), "☕\ufe0f"),
    _text(
        "Latin-1 read for UTF-8",
        "open(…, encoding='latin-1')",
        lambda t: t.encode().decode("latin-1"),
        "père",
    ),
    _text(
        "? for all but Latin-1",
        "value.encode('latin-1', 'replace')",
        _encoded("latin-1", "replace"),
        "漢字",
        "漢",
    ),
    _text(
        "? for all but Windows-1252",
        "value.encode('cp1252', 'replace')",
        _encoded("cp1252", "replace"),
        "漢字",
        "漢",
    ),
    _text(
        "repaired though whole",
        "ftfy.fix_text(value)",
        _read_where_it_can(lambda t: t.encode("latin-1").decode()),
        "Ã¼ber",
        "Ã¼",
    ),
    _text("cut at NUL", "a string in C", _re("(?s)\0.*"), "oak\0desk", engines=(SQLITE,)),
    _text("NUL removed", r"value.replace('\0', '')", _re("\0"), "oak\0desk", engines=(SQLITE,)),
    _text(
        "what cannot be printed lost",
        "filter(str.isprintable, value)",
        lambda t: "".join(filter(str.isprintable, t)),
        "oak\tdesk",
        "\t",
    ),
)

QUOTING = (
    _text(
        "quotes doubled",
        'value.replace("\'", "\'\'") before a parameter',
        _re("'", "''"),
        "Ann's desk",
        "'",
    ),
    _text("quotes removed", "REPLACE(value, '''', '')", _re("'"), "Ann's desk", "'"),
    _text("double quotes doubled", "a CSV written by hand", _re('"', '""'), 'the "best"', '"'),
    _text("double quotes removed", "value.replace('\"', '')", _re('"'), 'the "best"', '"'),
    _text("surrounding quotes removed", "value.strip('\"')", lambda t: t.strip("\"'"), '"oak"'),
    _text("doubled quotes to one", 'value.replace("\'\'", "\'")', _re("''", "'"), "6'' x 4''"),
    _text("doubled double quotes to one", "a CSV read by hand", _re('""', '"'), 'a 6"" desk', '""'),
    _text("backticks removed", "quotes of MySQL, taken away", _re("`"), "the `best`", "`"),
    _text(
        "ampersands written out", "value.replace('&', 'and')", _re("&", "and"), "bed & desk", "&"
    ),
    _text("written as JSON", "json.dumps(value)", json.dumps, "oak desk", "oak"),
    _text("read as JSON", "json.loads(value)", _read_where_it_can(json.loads), "12"),
    _text("backslashes doubled", "repr(value)", _re(r"\\", r"\\\\"), r"C:\house", "\\"),
    _text("doubled backslashes to one", "value % in LIKE", _re(r"\\\\", r"\\"), r"\\house", "\\\\"),
    _text("backslashes removed", "stripslashes(value)", _re(r"\\"), r"C:\house", "\\"),
    _text(
        "escapes read",
        "value.encode().decode('unicode_escape')",
        _re(r"\\n", "\n"),
        r"oak\nred",
        r"\n",
    ),
    _text("percent signs doubled", "value.replace('%', '%%')", _re("%", "%%"), "50% off", "%"),
    _text("percent signs halved", "value % ()", _re("%%", "%"), "%s and %%", "%%"),
    _text("percent codes read", "urllib.parse.unquote(value)", urllib.parse.unquote, "oak%20red"),
    _text(
        "percent codes written", "urllib.parse.quote(value)", urllib.parse.quote, "oak desk", "%"
    ),
    _text("plus signs to blanks", "urllib.parse.unquote_plus(value)", _re(r"\+", " "), "desk+bed"),
    _text(
        "placeholders filled", "text(f\"… '{value}'\")", _re(r":[a-z]\w*", "NULL"), "a :seat", ":a"
    ),
    _text("braces filled", "value.format(…)", _re(r"\{\w*\}"), "desk {0}", "{}"),
    _text("variables filled", "string.Template(value)", _re(r"\$\w+"), "for $100", "$1"),
    _text("HTML escaped", "html.escape(value)", html.escape, "bed & desk", "<b>"),
    _text("HTML unescaped", "html.unescape(value)", html.unescape, "bed &amp; desk", "&lt;"),
    _text("tags removed", "striptags(value)", _re("<[^>]*>"), "<b>oak</b>", "<b>"),
    _text(
        "formulas defused",
        '"\'" + value for a spreadsheet',
        _re(r"^([=+@-])", r"'\1"),
        "=A1+2",
        "-0",
    ),
    _text("leading apostrophe lost", "a cell of a spreadsheet", _re("^'"), "'80s desk", "'"),
)

PARTS = (
    _text("first character only", "value[0], a column of CHAR(1)", lambda t: t[:1], "oak desk"),
    _text("first character lost", "value[1:]", lambda t: t[1:], "oak desk", "x"),
    _text("last character lost", "value[:-1]", lambda t: t[:-1], "oak desk", "x"),
    _text("first word only", "value.split()[0]", _re(r"(?s)\s.*"), "oak desk", "x y"),
    _text("last word only", "value.split()[-1]", _re(r"(?s).*\s"), "oak desk", "x y"),
    _text("cut at a comma", "value.split(',')[0]", _re("(?s),.*"), "oak, red", ","),
    _text("commas to semicolons", "value.replace(',', ';')", _re(",", ";"), "oak, red", ","),
    _text("cut at a semicolon", "sql.split(';')", _re("(?s);.*"), "oak; red", ";"),
    _text("cut at a colon", "value.split(':')[0]", _re("(?s):.*"), "a :seat", ":a"),
    _text("cut at a hyphen", "value.split('-')[0]", _re("(?s)-.*"), "arm-chair", "-"),
    _text("cut at a stroke", "os.path.basename(value)", _re("(?s).*/"), "bed/desk", "/"),
    _text("cut at a dot", "os.path.splitext(value)[0]", _re(r"(?s)\..*"), "desk no.2", "1.50"),
    _text("cut at a hash", "a comment, taken away", _re("(?s)#.*"), "desk #2", "#"),
    _text("cut at two hyphens", "a comment, taken away", _re("(?s)--.*"), "desk -- red", "--"),
    _text("cut at a bar", "the first field of a line with bars", _re(r"(?s)\|.*"), "bed|desk", "|"),
    _text("brackets removed", r"re.sub(r'\(.*\)', '', value)", _re(r"\(.*\)"), "desk (old)", "()"),
    _text("underscores to blanks", "value.replace('_', ' ')", _re("_", " "), "oak_desk", "_"),
    _text("last dot removed", "value.rstrip('.')", _re(r"\.$"), "Greta's jr.", "x."),
    _text(
        "punctuation removed", r"re.sub(r'[^\w\s]', '', value)", _re(r"[^\w\s]"), "Ann's desk", "'"
    ),
    _text("made a slug", r"re.sub(r'\W+', '-', value)", _re(r"\W+", "-"), "oak desk", " "),
    _text("article removed", "value.removeprefix('The ')", _re("^The "), "The desk"),
    _text("number at the end removed", r"re.sub(r' \d+$', '', value)", _re(r" \d+$"), "desk 2"),
    _text("digits removed", r"re.sub(r'\d', '', value)", _re(r"\d"), "desk 2", "12"),
    _text(
        "number added",
        "CONCAT(value, ' 2'), so that names differ",
        lambda t: f"{t} 2",
        "oak desk",
        "",
    ),
    _text("prefix added", "CONCAT('old ', value)", lambda t: f"old {t}", "oak desk", ""),
)

#: Signs that mean something else where they stand twice: to templates, to drivers, to shells.
_RUNS = ("!?.,;:/|&", "#@$*+=~^_", "(){}[]<>-")

DOUBLED = tuple(
    _text(
        f"doubled {unicodedata.name(sign).lower()} to one",
        r"re.sub(r'(\W)\1', r'\1', value)",
        _re(re.escape(sign * 2), sign),
        "".join(each * 2 for each in run),
        sign * 2,
    )
    for run in _RUNS
    for sign in run
)

ENDS = tuple(
    _text(
        f"{unicodedata.name(sign).lower()} at the end lost",
        f"value.rstrip('{sign}')",
        _re(f"[{sign}]+$"),
        f"oak{sign}",
        sign,
    )
    for sign in "/!?,;:"
)

#: Values as people write them. Each line is one row, and shows every change that is made of it.
_PERSON = "Dr. J. R. Lee-Kim"
_ADDRESS = "https://www.a.org/?b=c"
_PHONE = "+49 (0)40 123-45"
_MEASURES = "1 000 m², 20 °C, 1st"
_SMILEYS = ":-) ;-) :-( <3"
_TYPED = "(c) (r) (tm) -> +-"
_MARKDOWN = "*oak* _red_ [bed](b)"
_PLACES = "~/desk.JPG #fa0 10.1.2.3"
_SHORTENED = "No. 4, High St. etc."
_WORDS = "Union select DROP"
_LETTERS = "ı æ œ ø ł đ ð þ ſ"
_TYPESET = "«bed» T\u20115\u2009m 6′ 2″ x\u200cy"
_TIMED = "Louis XIV 10:15:00"
_SCRIPTS = "Стол στόλος שולחן مائدة मेज โต๊ะ つくえ 책상"

WRITTEN = tuple(
    _text(name, code, _re(pattern, by), *examples)
    for name, code, pattern, by, *examples in (
        ("scheme lost", "urlsplit(value).netloc", "https?://", "", _ADDRESS, "http://a.org"),
        ("www. lost", "value.removeprefix('www.')", r"www\.", "", _ADDRESS),
        ("query lost", "value.split('?')[0]", r"\?.*", "", _ADDRESS, "x?"),
        ("dots of initials lost", "value.replace('.', '')", r"\b([A-Z])\.", r"\1", _PERSON, "J."),
        ("title lost", "HumanName(value).first", r"^Dr\. ", "", _PERSON),
        ("hyphen in a name lost", "value.replace('-', ' ')", r"\b-\b", " ", _PERSON, "a-b"),
        ("signs in a phone number lost", r"re.sub(r'[^\d+]', '', value)", "[ ()-]", "", _PHONE),
        ("plus to two zeros", "value.replace('+', '00')", r"\+", "00", _PHONE, "+1"),
        ("blank in a number lost", "a cell of a spreadsheet", r"(\d) (\d{3})", r"\1\2", _MEASURES),
        ("raised digits to plain", "NFKC", "²", "2", _MEASURES, "m²"),
        ("degrees written out", "a column of ASCII", "°", "deg", _MEASURES, "1°"),
        ("ordinals to numbers", "int(value[:-2])", r"(\d)st\b", r"\1", _MEASURES, "1st"),
        (":-) to a picture", "the smileys of a forum", r":-\)", "🙂", _SMILEYS, ":-)"),
        (";-) to a picture", "the smileys of a forum", r";-\)", "😉", _SMILEYS, ";-)"),
        (":-( to a picture", "the smileys of a forum", r":-\(", "🙁", _SMILEYS, ":-("),
        ("<3 to a heart", "the smileys of a forum", "<3", "♥", _SMILEYS, "<3"),
        ("(c) to its sign", "a smart editor", r"\(c\)", "©", _TYPED, "(c)"),
        ("(r) to its sign", "a smart editor", r"\(r\)", "®", _TYPED, "(r)"),
        ("(tm) to its sign", "a smart editor", r"\(tm\)", "™", _TYPED, "(tm)"),
        ("-> to an arrow", "a smart editor", "->", "→", _TYPED, "->"),
        ("+- to its sign", "a smart editor", r"\+-", "±", _TYPED, "+-"),
        ("stars around a word lost", "markdown(value)", r"\*(\w+)\*", r"\1", _MARKDOWN, "*x*"),
        ("low lines around a word lost", "markdown(value)", r"_(\w+)_", r"\1", _MARKDOWN, "_x_"),
        ("link lost", "markdown(value)", r"\[(.*)\]\(.*\)", r"\1", _MARKDOWN),
        (
            "word written twice to one",
            "a check of spelling",
            r"\b([a-z]+) \1\b",
            r"\1",
            "the the oak",
        ),
        ("angles to quotes", "a column of ASCII", "[«»]", '"', _TYPESET, "«»"),
        ("firm hyphens to plain", "a column of ASCII", "\u2011", "-", _TYPESET, "\u2011"),
        ("thin blanks to blanks", "NFKC", "\u2009", " ", _TYPESET, "\u2009"),
        ("primes to quotes", "a column of ASCII", "[′″]", "'", _TYPESET, "′"),
        ("zero-width non-joiners lost", "a column of ASCII", "\u200c", "", _TYPESET, "\u200c"),
        (
            "seconds of nothing lost",
            "a field of type time",
            r"(:\d\d):00$",
            r"\1",
            _TIMED,
            "1:00:00",
        ),
        ("Roman numbers read", "roman.fromRoman(value)", r"\bXIV\b", "14", _TIMED, "XIV"),
        ("bullet lost", "re.sub('^[-*] ', '', value)", "^[-*] ", "", "- bed", "- "),
        ("number of a list lost", "markdown(value)", r"^\d+\. ", "", "1. bed", "1. "),
        ("form of a company lost", "cleanco.basename(value)", " Ltd$", "", "Oak Ltd"),
        ("zero before a point", "str(float(value))", r"^\.(?=\d)", "0.", ".5"),
        ("blank before a mark lost", "a check of typing", r" (?=[!?:;%])", "", "Oh !", " !"),
        ("~ read", "os.path.expanduser(value)", "^~(?=/|$)", "/root", _PLACES, "~"),
        ("end of a file in small letters", "value.lower()", r"\.JPG\b", ".jpg", _PLACES, ".JPG"),
        ("short colours to long", "a field of type color", "#fa0", "#ffaa00", _PLACES, "#fa0"),
        (
            "end of an IP lost",
            "to keep less of it",
            r"(\d+\.\d+\.\d+)\.\d+",
            r"\1.0",
            _PLACES,
            "10.1.2.3",
        ),
        ("No. to a number sign", "a table of short forms", r"\bNo\.", "#", _SHORTENED, "No."),
        ("St. written out", "a table of short forms", r"\bSt\.", "Street", _SHORTENED, "St."),
        ("etc. written out", "a table of short forms", r"\betc\.", "and so on", _SHORTENED, "etc."),
        *(
            (f"{word.lower()} removed", "a guard against SQL", f"(?i){word}", "", _WORDS, word)
            for word in _WORDS.split()
        ),
        *(
            (f"{letter} to {plain}", "unidecode(value)", letter, plain, _LETTERS, letter)
            for letter, plain in zip(
                _LETTERS.split(), ["i", "ae", "oe", "o", "l", "d", "d", "th", "s"], strict=True
            )
        ),
        ("Cyrillic lost", "iconv -c", "[\u0400-\u04ff]", "", _SCRIPTS, "Стол", "Ж"),
        ("Greek lost", "iconv -c", "[\u0370-\u03ff]", "", _SCRIPTS, "στόλος", "Ω"),
        ("Hebrew lost", "iconv -c", "[\u0590-\u05ff]", "", _SCRIPTS, "שולחן", "ש"),
        ("Arabic lost", "iconv -c", "[\u0600-\u06ff]", "", _SCRIPTS, "مائدة", "م"),
        ("Devanagari lost", "iconv -c", "[\u0900-\u097f]", "", _SCRIPTS, "मेज", "म"),
        ("Thai lost", "iconv -c", "[\u0e00-\u0e7f]", "", _SCRIPTS, "โต๊ะ", "ต"),
        ("kana lost", "iconv -c", "[\u3040-\u30ff]", "", _SCRIPTS, "つくえ", "つ"),
        ("Hangul lost", "iconv -c", "[\uac00-\ud7af]", "", _SCRIPTS, "책상", "책"),
    )
)

MEANING = (
    _text("empty to NULL", "NULLIF(value, ''), value or None", null(""), ""),
    _text("the word NULL to NULL", "NULLIF(value, 'NULL'), a CSV read", null("NULL"), "NULL"),
    _text("the word null to NULL", "json.loads(value), yaml.load(value)", null("null"), "null"),
    _text("the word None to NULL", "NULLIF(value, 'None')", null("None"), "None"),
    _text("n/a to NULL", "pandas.read_csv(…)", null("n/a", "N/A", "NA"), "n/a", "NA"),
    _text("nan to NULL", "pandas.read_csv(…)", null("nan", "NaN"), "nan"),
    _text("a hyphen to NULL", "NULLIF(value, '-')", null("-"), "-"),
    _text("a question mark to NULL", "NULLIF(value, '?')", null("?"), "?"),
    _text(r"\N to NULL", "COPY … FROM a file", null(r"\N"), r"\N"),
    _text("undefined to NULL", "a form of JavaScript", null("undefined"), "undefined"),
    _text("#N/A to NULL", "pandas.read_excel(…)", null("#N/A"), "#N/A"),
    _text("inf to a number", "pandas.read_csv(…)", _words({"inf": float("inf")}), "inf"),
    _text("unknown to NULL", "NULLIF(value, 'unknown')", null("unknown"), "unknown"),
    _text(
        "unknown within blanks to NULL",
        "NULLIF(TRIM(value), 'unknown')",
        null(" unknown "),
        " unknown ",
    ),
    _text(
        "Unknown in any case to NULL",
        "value.lower() == 'unknown'",
        _words({"unknown": None}),
        "Unknown",
    ),
    _text("0 as text to NULL", "NULLIF(value, '0')", null("0"), "0"),
    _text(
        "digits to a number",
        "int(value), a cell of a spreadsheet",
        lambda t: int(t) if re.fullmatch(r"-?[1-9]\d{0,9}|0", t) else t,
        "12",
        "0",
    ),
    _text(
        "leading zeros lost",
        "str(int(value)), a cell of a spreadsheet",
        _re(r"^0+(?=\d+$)"),
        "007",
    ),
    _text("blanks around a number lost", "str(int(value))", _re(r"^ (\d+) $", r"\1"), " 12 "),
    _text("wide signs to narrow", "a form for Japanese", _narrow, "room ７", "７"),
    _text("other digits read", "str(int(value))", _words({"٣": "3"}), "٣"),
    _text(
        "more than 15 digits rounded",
        "a cell of a spreadsheet",
        lambda t: str(int(float(t))) if re.fullmatch(r"[1-9]\d{15,18}", t) else t,
        "1234567890123456789",
    ),
    _text("about lost", "re.sub('^about ', '', value)", _re(r"^about (?=\d+$)"), "about 120"),
    _text("minus zero to 0", "str(int(value))", _words({"-0": "0"}), "-0"),
    _text(
        "last zeros lost",
        "str(float(value))",
        lambda t: str(float(t)) if re.fullmatch(r"\d{1,9}\.\d{1,9}", t) else t,
        "1.50",
    ),
    _text("plus sign lost", "str(int(value))", _re(r"^\+(?=\d+$)"), "+7"),
    _text("low lines in a number lost", "str(int(value))", _re(r"^(\d+)_(\d+)$", r"\1\2"), "1_000"),
    _text("thousands read", "a cell of a spreadsheet", _re(r"^(\d+),(\d{3})$", r"\1\2"), "1,000"),
    _text("percentages read", "a cell of a spreadsheet", _re(r"^(\d\d)%$", r"0.\1"), "50%"),
    _text(
        "hexadecimal read",
        "int(value, 0)",
        lambda t: str(int(t, 0)) if re.fullmatch("0x[0-9a-f]{1,8}", t) else t,
        "0x1f",
    ),
    _text(
        "times read",
        "yaml.load(value) of YAML 1.1: minutes to seconds",
        lambda t: str(int(t[:2]) * 60 + int(t[3:])) if re.fullmatch(r"\d\d:\d\d", t) else t,
        "12:30",
    ),
    _text(
        "exponents read",
        "float(value), a cell of a spreadsheet",
        _re(r"^(\d)E3$", r"\g<1>000"),
        "1E3",
    ),
    *(
        _text(f"the word {word} read", code, _words({word: value}), word)
        for word, value, code in (
            ("yes", "1", "a BOOLEAN column"),
            ("no", "0", "yaml.load(value) of YAML 1.1"),
            ("true", "1", "value.lower() == 'true'"),
            ("false", "0", "value.lower() != 'false'"),
        )
    ),
    _text("units set apart", r"re.sub(r'(\d)cm', …)", _re(r"(\d)(cm|m)\b", r"\1 \2"), "20cm", "1m"),
    _text("names of days cut", "strftime('%a', value)", _re("Monday", "Mon"), "Monday"),
    _text("names of months cut", "strftime('%b', value)", _re("January", "Jan"), "January"),
    _text("days read", "a cell of a spreadsheet", _re(r"^(\d)-(\d)$", r"0\2-0\1"), "3-4"),
    _text(
        "fractions read as days", "a cell of a spreadsheet", _re(r"^(\d)/(\d)$", r"\1-\2"), "3/4"
    ),
    _text(
        "days with a stroke read",
        "strptime(value, '%d/%m')",
        _re(r"^(\d\d)/(\d)$", r"0\2-\1"),
        "12/5",
    ),
    _text(
        "days in ISO's way turned",
        "strftime('%d.%m.%Y', value)",
        _re(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3.\2.\1"),
        "2024-02-29",
    ),
    _text("decimal comma to a dot", "value.replace(',', '.')", _re(r"(\d),(\d)", r"\1.\2"), "1,5"),
    _text(
        "all but numbers to NULL",
        "pandas.to_numeric(value, errors='coerce')",
        lambda t: t if t.isdecimal() else None,
        "oak desk",
        "oak",
    ),
    _text("as bytes", "CAST(value AS BLOB)", str.encode, "oak desk", "oak"),
)

CUTS = tuple(
    _cut(n)
    for n in (
        1,
        5,
        8,
        10,
        12,
        15,
        16,
        19,
        20,
        29,
        30,
        32,
        39,
        40,
        50,
        60,
        64,
        79,
        80,
        100,
        128,
        199,
        200,
        255,
        256,
        500,
        1000,
        1024,
        2000,
    )
)

TEXTS = (
    *CASE,
    *BLANKS,
    *LINES,
    *SIGNS,
    *QUOTING,
    *PARTS,
    *DOUBLED,
    *ENDS,
    *WRITTEN,
    *MEANING,
    *CUTS,
)
