"""Somebody who uses an app: opens its pages, fills its forms, presses its buttons.

`explore` finds out for itself what there is to fill, and notes down each request; `repeat` sends
the same requests to another app. What becomes of the rows is for somebody else to judge.
"""

import base64
import functools
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from remodel.runner.html_forms import Entry, HtmlForm, Page

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

#: A request and how it was answered: method, path, what was typed, HTTP status.
Request = tuple[str, str, dict[str, str], int]
#: Bytes of JSON: all requests of an app are some thousands.
_LARGEST = 16 * 1024 * 1024


def packed(requests: Iterable[Request]) -> str:
    """`requests` as one short word of letters, for a command line and for standard output."""
    return base64.b64encode(zlib.compress(json.dumps([*requests]).encode())).decode()


def unpacked(word: str) -> list[Request]:
    """The requests that `packed` made `word` of; of another word, anything, or an error."""
    text = zlib.decompressobj().decompress(base64.b64decode(word), _LARGEST)
    return [tuple(each) for each in json.loads(text)]


#: What people type: none of it is wrong, and code that handles text carelessly alters it.
AWKWARD = (
    "O'Hara's \"best\" 50% :n \\ ; -- é",
    "Ünïcødé 漢字 🛋 e\u0301 ﬁ <b>&amp;</b>",
    "miXeD  Case {x} %s ?1 $1 ÄÖẞ",
    ", (bed/desk) #2_b & 1,50 = a+b|c",
)
NUMBERS = ("7", "-1", "0")
DAYS = ("2028-02-29", "1999-12-31", "2026-01-05")


class Visitor:
    """One visitor of `app`, who knows the addresses of every old row."""

    def __init__(self, app: Any, old: Iterable[str]) -> None:
        _ask_once(app)
        self._client, self._old = app.test_client(), set(old)
        self._adapter = app.url_map.bind("localhost")
        self.sent = list[Request]()
        #: The pages that were opened or are to be, those of old rows first.
        self._known = list[str]()
        #: Pages where there is nothing to fill, by what takes in a press of their button.
        self._buttons: dict[str, list[str]] = {}

    def explore(self, start: list[str]) -> list[Request]:
        """Use every form of the pages `start` and of those of the rows that come of it."""
        later = self._fill_all(start)
        for path in self._known:
            self._send("GET", path)
        self._press_all(later)
        for path in start:  # what is typed now stays, to be looked at
            for form in self._forms(path):
                if not form.is_button:
                    count = len(self.sent)
                    ways = [*_ways_to_fill(form, count)]
                    # Where nothing stands in the form, two new rows stay: the least, and all.
                    for typed in [*_one_thing_changed(form, count)] or (ways[-1], ways[0]):
                        self._send("POST", form.action, typed)
        self._send("GET", start[0])
        return self.sent

    def _fill_all(self, start: list[str]) -> list[str]:
        """Fill the forms; gives the pages of rows that came late and were not looked at."""
        self._known, later, filled = list(start), list[str](), set[str]()
        for path in self._known:  # grows while it is read
            forms = [form for form in self._forms(path) if not form.is_button]
            for form in forms:
                endpoint = self._endpoint(form.action)
                new = self._fill(form, once=endpoint in filled)
                # Of a kind of row, the pages of the first ones tell as much as those of all.
                (later if endpoint in filled else self._known).extend(new)
                filled.add(endpoint)
            if not forms and self._endpoint(path):
                self._buttons.setdefault(self._endpoint(path), []).append(path)
        return later

    def _fill(self, form: HtmlForm, once: bool) -> list[str]:
        """Send `form`, in every way or once; gives the pages of rows that come of it."""
        ways = [*_ways_to_fill(form, len(self.sent))]
        every = [*_one_thing_changed(form, len(self.sent)), ways[0], *ways]
        chosen = ways[len(self.sent) % 2 - 1 :][:1] if once else every
        answered = [self._send("POST", form.action, typed) for typed in chosen]
        # The last one, of which the least was typed, stays as the app made it.
        new = [x for each in (answered[0], answered[-2:][0]) for x in self._links_behind(each)]
        return [link for link in dict.fromkeys(new) if link not in self._known]

    def _press_all(self, later: list[str]) -> None:
        """Press the buttons, for the first row of a kind excepted; twice where that is refused."""
        for path in dict.fromkeys(later):
            if self._endpoint(path) in self._buttons:
                self._buttons[self._endpoint(path)].append(path)
        pressed = [path for paths in self._buttons.values() for path in reversed(paths[1:])]
        refused = [path for path in pressed if self._send("POST", path).status_code >= 400]
        for path in refused:  # what stood in the way may be gone
            self._send("POST", path)

    def repeat(self, requests: Iterable[Request]) -> list[Request]:
        """Send the same `requests`, up to the first one that is answered with another status."""
        for method, path, typed, status in requests:
            if self._send(method, path, typed).status_code != status:
                break
        return self.sent

    def _forms(self, path: str) -> list[HtmlForm]:
        answered = self._client.get(path)
        return Page(path, answered.text).forms if answered.status_code == 200 else []

    def _send(self, method: str, path: str, typed: dict[str, str] | None = None) -> "TestResponse":
        answered = self._client.open(path, method=method, data=typed or {})
        self.sent.append((method, path, typed or {}, answered.status_code))
        return answered  # type: ignore[no-any-return]

    def _links_behind(self, answered: "TestResponse") -> Iterator[str]:
        """The pages of new rows that the page after a form leads to."""
        path = answered.headers.get("Location")
        if answered.status_code in (302, 303) and path:
            page = Page(path, self._client.get(path).text)
            yield from (link for link in (path, *page.links) if self._is_of_new_row(link))

    def _is_of_new_row(self, link: str) -> bool:
        return link.startswith("/") and link not in self._old and not link.startswith("/static")

    def _endpoint(self, path: str) -> str:
        """What of the app takes in what is sent to `path`; "" where nothing does."""
        try:
            return str(self._adapter.match(path, method="POST")[0])
        except Exception:
            return ""


def _ask_once(app: Any) -> None:
    """Have each thing that the app gives all its pages, such as a footer, made for the first alone.

    It is a third of the work, and shows nothing that a form takes. Whether it fails on a page is
    seen where each is opened.
    """
    for functions in app.template_context_processors.values():
        functions[:] = [f if f.__module__.startswith("flask.") else _once(f) for f in functions]


def _once(give: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """`give`, called until it gives plain data: what belongs to one request is asked each time."""
    kept = list[dict[str, Any]]()

    @functools.wraps(give)
    def given() -> dict[str, Any]:
        if kept:
            return kept[0]
        made = give()
        if _is_plain(made):
            kept.append(made)
        return made

    return given


def _is_plain(value: Any) -> bool:
    """Whether `value` is made of texts, numbers and collections of such."""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list | tuple | set):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float)


def _ways_to_fill(form: HtmlForm, count: int) -> Iterator[dict[str, str]]:
    """Every field filled up to its length, with one text, number and day and another; then least.

    The least is what is required, and blanks.
    """
    for turn in range(len(AWKWARD)):
        yield {entry.name: _full(entry, count + turn + n) for n, entry in enumerate(form.entries)}
    yield {
        entry.name: _short(entry, count + n) if entry.required else "  " if entry.is_text else ""
        for n, entry in enumerate(form.entries)
    }


def _one_thing_changed(form: HtmlForm, count: int) -> Iterator[dict[str, str]]:
    """What stands in the form, but for one text: people rarely change all of a row."""
    text = next((entry for entry in form.entries if entry.is_text), None)
    if text and any(entry.value for entry in form.entries):
        shown = {entry.name: entry.value for entry in form.entries}
        yield {**shown, text.name: _short(text, count)}


def _short(entry: Entry, n: int) -> str:
    return f"{'aA'[n % 2]}é's {n}" if entry.is_text else _full(entry, n)


def _full(entry: Entry, n: int) -> str:
    if entry.options:
        return entry.options[n % len(entry.options)]
    if not entry.is_text:
        among = {"number": NUMBERS, "date": DAYS}.get(entry.kind, (entry.value,))
        return among[n % len(among)]
    text = AWKWARD[n % len(AWKWARD)] * (entry.limit // 20 + 1)
    if n % 2:  # the number makes it unique, and leaves now the beginning as it is, now the end
        return text[: entry.limit - len(f" {n}")] + f" {n}"
    return f"{n} {text}"[: entry.limit].rstrip().ljust(entry.limit, ".")
