"""One HTML file that needs no other: its look, and text that cannot become markup."""

from html import escape

from remodel.course.quiz import inline
from remodel.wrapping import harmless

#: The course's own colours; paper gets the light ones.
_STYLE = """
:root { color-scheme: light; --paper: #fbf8f3; --card: #fff; --sunk: #f3ede3; --ink: #26211b;
  --soft: #5f564b; --hair: #d5c9b8; --edge: #8f8577; --link: #8a3412; --good: #1c6434;
  --bad: #a11212; --ask: #7a4b00; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #1d1a17;
  --card: #262220; --sunk: #2b2622; --ink: #f1ebe2; --soft: #c2b8aa; --hair: #443d36;
  --edge: #857b6e; --link: #ffb38a; --good: #8fd6a0; --bad: #ffa69b; --ask: #f0c674; } }
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  margin: 0 auto; max-width: 75rem; padding: 1rem 1.25rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: .5rem 0; }
h2 { border-top: 1px solid var(--hair); font-size: 1.3rem; margin: 2.2rem 0 .6rem;
  padding-top: 1rem; }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
p, ul, ol { margin: .4rem 0; max-width: 46rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid var(--hair); padding: .3rem .6rem; text-align: start;
  vertical-align: top; overflow-wrap: normal; }
tbody th { font-weight: 400; max-width: 18rem; min-width: 7rem; overflow-wrap: anywhere; }
td.number, th.number { text-align: end; }
.map td { text-align: center; white-space: nowrap; }
.map thead th { vertical-align: bottom; white-space: nowrap; }
.map thead th.slug span { writing-mode: vertical-rl; transform: rotate(180deg);
  white-space: nowrap; }
.pass { color: var(--good); font-weight: 700; }
.fail { color: var(--bad); font-weight: 700; }
.error { color: var(--ask); font-weight: 700; }
.absent, .soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--hair); border-radius: .4rem;
  break-inside: avoid; margin: .8rem 0; max-width: 60rem; padding: .7rem 1rem; }
.say { border-inline-start: 4px solid var(--link); padding-inline-start: .8rem; }
pre { background: var(--sunk); border-radius: .3rem; font-size: .875rem; margin: .5rem 0;
  padding: .6rem .8rem; white-space: pre-wrap; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; }
meter { height: .9rem; vertical-align: middle; width: min(18rem, 40vw); }
summary { cursor: pointer; padding: .3rem 0; }
.hidden { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute;
  white-space: nowrap; width: 1px; }
.key > span { margin-inline-end: 1.2rem; white-space: nowrap; }
@page { margin: 15mm; }
@media print {
  body { font-size: 10pt; max-width: none; padding: 0; } .scroll { overflow: visible; }
  h2, .key { break-after: avoid; } tr { break-inside: avoid; }
}
"""

#: How each status looks, and what a screen reader says.
MARKS = {
    "pass": ("✓", "passed"),
    "fail": ("✗", "failed"),
    "error": ("?", "not graded"),
    "not handed in": ("–", "not handed in"),
}


def text(words: object) -> str:
    """Words that somebody else wrote: whatever they hold, they stay words."""
    return escape(harmless(str(words)))


def sentence(words: object) -> str:
    """The same for a sentence in which `code` is marked up."""
    return inline(harmless(str(words)))


def person(name: str) -> str:
    """A name, which may run from right to left in a line that does not."""
    return f"<bdi>{text(name)}</bdi>"


def mark(status: str) -> str:
    """The sign of a status, with its word for who cannot see it."""
    sign, word = MARKS[status]
    css = "absent" if status == "not handed in" else status
    return f'<span class="{css}" aria-hidden="true">{sign}</span><span class="hidden">{word}</span>'


def key() -> str:
    """What the signs mean."""
    signs = "".join(f"<span>{mark_shown(status)}</span>" for status in MARKS)
    return f'<p class="key soft">{signs}</p>'


def mark_shown(status: str) -> str:
    """The sign of a status, and its word for everybody."""
    sign, word = MARKS[status]
    css = "absent" if status == "not handed in" else status
    return f'<span class="{css}" aria-hidden="true">{sign}</span> {word}'


def whole_page(title: str, body: str, style: str = "") -> str:
    """The file; `style` comes after the look of all."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing is asked of another host, whatever should come to stand in the page.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{text(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
