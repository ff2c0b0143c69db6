"""What a file says, in whichever encoding its editor wrote it."""

import codecs
import io
import tokenize
import unicodedata

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_of(content: bytes) -> str:
    """What its first bytes say: a byte order mark, or Python's coding line; UTF-8 where neither.

    Windows PowerShell 5.1 writes UTF-16 where `>` sends output to a file. PEP 263 has the coding
    line.
    """
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            return name
    try:
        name, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        "".encode(name)  # `# coding: rot13` names a codec, and it is none of text
    except (SyntaxError, LookupError):
        return "utf-8"
    return name


def as_text(content: bytes) -> str:
    """The text of a file, without a byte order mark; U+FFFD stands for what cannot be read."""
    return content.decode(encoding_of(content), errors="replace")


def plain_blanks(text: str) -> str:
    """`text` with a plain blank for each that does not break or is of another width.

    These are the "space separators" of Unicode (general category Zs). They look alike, and an
    editor writes them where somebody types Option and the space bar, or pastes from a page.
    """
    return "".join(" " if unicodedata.category(each) == "Zs" else each for each in text)
