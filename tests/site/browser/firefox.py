"""Debian's Firefox over WebDriver BiDi, which Playwright does not speak.

A `Tab` and what is `Found` in it have the few methods of Playwright's pages and locators that the
tests of quizzes, of the console and of accessibility call, so that they run in both browsers.
"""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from websocket import WebSocket, create_connection

PROGRAM = "firefox-esr"
SCHEMES = {"dark": 0, "light": 1}
KEYS = {"Space": " ", "Enter": "\ue007", "ArrowDown": "\ue015", "Tab": "\ue004"}
EVENTS = ("log.entryAdded", "network.beforeRequestSent")
#: There is a mouse, which points finely and hovers, and scroll bars take no room. Whatever is not
#: on this machine is asked of a proxy that is not there.
SETTINGS = {
    "ui.prefersReducedMotion": 1,
    "ui.primaryPointerCapabilities": 6,
    "ui.allPointerCapabilities": 6,
    "ui.useOverlayScrollbars": 1,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}
#: As Playwright has it: `code` is an expression, or a function that is called.
RUN = """async (code, steps, many, wait, argument) => {
  const find = () => steps.reduce((found, [kind, what]) => {
    if (kind === "nth") return found.slice(what, what + 1 || undefined);
    const all = found.flatMap((each) => [...each.querySelectorAll(kind === "css" ? what : kind)]);
    if (kind === "css") return all;
    return all.filter((each) => each.checkVisibility() && each.textContent.includes(what));
  }, [document]);
  const late = Date.now() + 5000;
  while (wait && !find().length) {
    if (Date.now() > late) throw new Error(`There is no ${JSON.stringify(steps)}.`);
    await new Promise((again) => setTimeout(again, 20));
  }
  let value = (0, eval)(code);
  if (typeof value === "function") value = value(argument ?? (many ? find() : find()[0]));
  return (await value) instanceof Element ? value : JSON.stringify(await value);
}"""
#: On a busy machine, the browser may call a page complete before its root is there.
LOADED = """async () => {
  const there = () => document.documentElement && document.readyState === "complete";
  while (!there()) await new Promise((again) => setTimeout(again, 20));
}"""
UNTIL = """async (end) => {
  while (!location.href.endsWith(end)) await new Promise((again) => setTimeout(again, 20));
}"""
SEEN = "each => Boolean(each?.checkVisibility() && each.getBoundingClientRect().height)"


@dataclass
class Firefox:
    """An open browser."""

    socket: WebSocket
    numbers: Iterator[int] = field(default_factory=count)
    tabs: dict[str, "Tab"] = field(default_factory=dict)

    def send(self, method: str, **params: Any) -> Any:
        """What the browser answers; what it reports meanwhile goes to the tabs."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            self._heard(answer.get("method"), answer.get("params", {}))
        if answer["type"] == "error":
            raise AssertionError(f"{method}: {answer['message']}")
        return answer["result"]

    def _heard(self, event: str, params: dict[str, Any]) -> None:
        tab = self.tabs.get(params.get("context") or params.get("source", {}).get("context"))
        if tab and event == "network.beforeRequestSent":
            tab.requested(params["request"]["url"])
        elif tab and params.get("level") == "error":
            tab.errors.append(params["text"])

    def open_tab(self, base: str) -> "Tab":
        """A new tab for the site at `base`, as wide as a desk, in which nothing is stored."""
        apart = self.send("browser.createUserContext")["userContext"]
        name = self.send("browsingContext.create", type="tab", userContext=apart)["context"]
        size = {"width": 1280, "height": 900}
        self.send("browsingContext.setViewport", context=name, viewport=size)
        tab = self.tabs[name] = Tab(self, name, base)
        return tab


@dataclass
class Tab:
    """One page, with the methods of Playwright's that the tests call."""

    browser: Firefox
    name: str
    base: str
    #: What was asked of other hosts.
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def requested(self, address: str) -> None:
        """Remember a request to another host."""
        if urlsplit(address).netloc not in ("", urlsplit(self.base).netloc):
            self.outside.append(address)

    def close(self) -> None:
        """Leave nothing of the tab."""
        self.browser.send("browsingContext.close", context=self.name)

    def goto(self, address: str, wait_until: Literal["load"] = "load") -> None:
        """Open `address`, and wait until all of it is there."""
        self.browser.send(
            "browsingContext.navigate", context=self.name, url=address, wait="complete"
        )
        self.run(LOADED)

    def evaluate(self, code: str, argument: object = None) -> Any:
        """The value of `code` in the page."""
        return self.run(RUN, code, [], False, False, argument)

    def run(self, function: str, *arguments: object) -> Any:
        """Call a function in the page; an element is returned as BiDi refers to it."""
        answer = self.browser.send(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[_argument(each) for each in arguments],
            target={"context": self.name},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        value = answer["result"]
        return json.loads(value["value"]) if value["type"] == "string" else value.get("sharedId")

    def act(self, kind: str, *actions: dict[str, Any]) -> None:
        """Let a person's hand do `actions` with a key or a pointer."""
        source = {"type": kind, "id": kind, "actions": list(actions)}
        self.browser.send("input.performActions", context=self.name, actions=[source])

    def locator(self, css: str) -> "Found":
        """The elements that `css` selects."""
        return Found(self, (("css", css),))

    def wait_for_url(self, pattern: str) -> None:
        """Wait until the address ends as `pattern`, which begins with two asterisks."""
        self.run(UNTIL, pattern.removeprefix("**"))

    @property
    def keyboard(self) -> "Tab":
        """The keyboard is that of the tab."""
        return self

    def press(self, key: str) -> None:
        """Press a key, and let it go."""
        value = KEYS[key]
        self.act("key", {"type": "keyDown", "value": value}, {"type": "keyUp", "value": value})


@dataclass(frozen=True)
class Found:
    """The elements that some steps lead to, looked for each time that something is asked."""

    tab: Tab
    steps: tuple[tuple[str, str | int], ...]

    def _ask(self, code: str, many: bool = False, wait: bool = True) -> Any:
        return self.tab.run(RUN, code, self.steps, many, wait, None)

    def locator(self, css: str) -> "Found":
        """What `css` selects inside."""
        return Found(self.tab, (*self.steps, ("css", css)))

    def get_by_role(self, role: str, name: str) -> "Found":
        """Elements of this role, which is the name of their tag, that show `name`."""
        return Found(self.tab, (*self.steps, (role, name)))

    def nth(self, number: int) -> "Found":
        """One of them."""
        return Found(self.tab, (*self.steps, ("nth", number)))

    @property
    def first(self) -> "Found":
        """The first of them."""
        return self.nth(0)

    @property
    def last(self) -> "Found":
        """The last of them."""
        return self.nth(-1)

    def count(self) -> int:
        """How many there are now."""
        return int(self._ask("all => all.length", many=True, wait=False))

    def all(self) -> list["Found"]:
        """Each of them."""
        return [self.nth(number) for number in range(self.count())]

    def wait_for(self) -> None:
        """Wait until there is one."""
        self._ask("each => 0")

    def evaluate(self, code: str) -> Any:
        """The value of a function of the first one."""
        return self._ask(code)

    def evaluate_all(self, code: str) -> Any:
        """The value of a function of all of them."""
        return self._ask(code, many=True)

    def inner_text(self) -> str:
        """The text that is seen."""
        return str(self._ask("each => each.innerText"))

    def text_content(self) -> str:
        """All text, seen or not."""
        return str(self._ask("each => each.textContent"))

    def get_attribute(self, name: str) -> str | None:
        """An attribute, or None."""
        value = self._ask(f"each => each.getAttribute({json.dumps(name)})")
        return None if value is None else str(value)

    def is_visible(self) -> bool:
        """Whether it can be seen now."""
        return bool(self._ask(SEEN, wait=False))

    def focus(self) -> None:
        """Put the focus on it."""
        self._ask("each => each.focus()")

    def click(self) -> None:
        """Click on its middle with a mouse."""
        element = self._ask("each => (each.scrollIntoView({block: 'center'}), each)")
        origin = {"type": "element", "element": {"sharedId": element}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        button = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self.tab.act("pointer", move, *button)

    check = click


def _argument(value: object) -> dict[str, Any]:
    """A value as BiDi sends it; what is not plain is an array of such."""
    if isinstance(value, list | tuple):
        return {"type": "array", "value": [_argument(each) for each in value]}
    kinds: dict[type, str] = {bool: "boolean", str: "string", int: "number"}
    if value is None:
        return {"type": "null"}
    return {"type": kinds[type(value)], "value": value}


@contextmanager
def firefox(profile: Path, scheme: str) -> Iterator[Firefox]:
    """An open Firefox with a new profile, whose user likes it light or dark."""
    settings = {**SETTINGS, "layout.css.prefers-color-scheme.content-override": SCHEMES[scheme]}
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(v)});" for key, v in settings.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    words = ["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", str(profile)]
    with subprocess.Popen(
        [PROGRAM, *words, "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            with closing(_socket(process.stderr or ())) as socket:
                browser = Firefox(socket)
                browser.send("session.new", capabilities={})
                browser.send("session.subscribe", events=list(EVENTS))
                yield browser
        finally:
            process.terminate()


def _socket(printed: Iterable[str]) -> WebSocket:
    """Where the browser listens, as it prints."""
    listens = (re.search(r"listening on (ws://\S+)", line) for line in printed)
    address = next(each[1] for each in listens if each)
    return create_connection(f"{address}/session", suppress_origin=True, timeout=60)
