"""Where code breaks on a narrow screen: a line below its beginning, the row of a table nowhere."""

import html
import re
from collections.abc import Sequence

from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

#: So many characters fit on a small phone, and a shorter word stays whole.
FITS, WHOLE = 36, 24
#: What follows of a line stands in by two, and no deeper than this.
DEEPEST = 16
BLOCK = re.compile(r"(?<=<pre><code>).*?(?=</code></pre>)", re.DOTALL)
TITLE = re.compile(r'(?<=<span class="filename">)[^<]*(?=</span>)')
TAG = re.compile(r"</?span[^>]*>")
#: What of a line belongs to several: the ends of the lines before, a mark, what a program printed.
HEAD = re.compile(r'(?:</span>)*(?:<span class="(?:hll|go)">)*')
WORD = re.compile(r"(?:<[^>]*>|[^\s<>])+")
#: In a long word: behind a bracket, a comma or a slash, and before a dot that follows a bracket.
GAP = re.compile(r"(?<=[(\[,/])(?=[^\s)\]])|(?<=[)\]])(?=\.[A-Za-z_])|<[^>]*>")
#: Between the head of a table and its rows; what keeps two cells apart; and how a row is known.
#: Alembic's line for the first revision, `INFO  […] Running upgrade  -> 0001`, is none.
RULE = re.compile(r"-\+-|─[┼┬]─")
GUTTER = re.compile(r"(?<=\S) {2,}(?=\S)")
BETWEEN = re.compile(r" \| | │ |-\+-|─[┼┬┴]─|^(?!INFO ).*\S {2,}\S.*\S {2,}\S")


class Breaks(Postprocessor):  # type: ignore[misc]
    """Gives an element to each line of code that a phone must not break anyhow, and parts names."""

    def run(self, text: str) -> str:
        """The same page."""
        titled = TITLE.sub(lambda name: re.sub("(?<=[/_])", "<wbr>", name[0]), text)
        return BLOCK.sub(lambda block: _broken(block[0]), titled)


def _broken(block: str) -> str:
    """The lines of a block; the style sheet sees to those at the edge, where none is marked."""
    lines = block.split("\n")
    words = [html.unescape(TAG.sub("", line)) for line in lines]
    rows, marked = _rows(words), '"hll"' in block
    shown = []
    for number, (line, text) in enumerate(zip(lines, words, strict=True)):
        indent = len(text) - len(text.lstrip())
        if len(text) > FITS and number in rows:
            line = _within(line, '<span class="row">')
        elif len(text) > FITS and (indent or marked):
            deep = min(indent + 2, DEEPEST)
            line = _within(_parted(line), f'<span class="long" style="--in:{deep}">')
        shown.append(line)
    return "\n".join(shown)


def _within(line: str, opening: str) -> str:
    """The line in an element of its own, which begins and ends inside of what goes over several."""
    head = HEAD.match(line)
    start = head.end() if head else 0
    inside = line[start:]
    surplus = inside.count("</span>") - inside.count("<span")
    end = len(inside) - surplus * len("</span>")
    return f"{line[:start]}{opening}{inside[:end]}</span>{inside[end:]}"


def _parted(line: str) -> str:
    """The line, with places to break at in the words that are long."""
    return WORD.sub(lambda word: _gaps(word[0]), line)


def _gaps(word: str) -> str:
    if len(html.unescape(TAG.sub("", word))) < WHOLE:
        return word
    return GAP.sub(lambda gap: gap[0] or "<wbr>", word)


def _rows(words: Sequence[str]) -> set[int]:
    """The numbers of the lines that are rows of a table."""
    found, run = set[int](), list[int]()
    for number, text in enumerate([*words, ""]):
        if BETWEEN.search(text):
            run.append(number)
            continue
        if _are_a_table([words[each] for each in run]):
            found.update(run)
        run = []
    return found


def _are_a_table(lines: Sequence[str]) -> bool:
    """Whether there is a rule between them, or a cell of each begins below one of the others."""
    begin = [{gap.end() for gap in GUTTER.finditer(line)} for line in lines]
    return len(lines) > 2 and (any(map(RULE.search, lines)) or bool(set.intersection(*begin)))
