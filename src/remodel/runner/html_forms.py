"""The forms and the links of a page, as a browser would see them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Entry:
    """One field of a form: what it is called, its kind, and what it may hold."""

    name: str
    kind: str = "text"
    limit: int = 80
    required: bool = False
    value: str = ""
    options: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether any text may be typed into it."""
        return self.kind in ("text", "textarea", "search")


@dataclass
class HtmlForm:
    """One form that is sent by POST."""

    action: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_button(self) -> bool:
        """Whether there is nothing to type: it only asks "are you sure?"."""
        return all(entry.kind == "hidden" for entry in self.entries)


class Page(HTMLParser):
    """The forms and links of `html`; a form without an action is sent to `path`."""

    def __init__(self, path: str, html: str) -> None:
        super().__init__()
        self.path, self.forms, self.links = path, list[HtmlForm](), list[str]()
        self._form: HtmlForm | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in what a tag adds to the page or to the form that it stands in."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            posts = given.get("method", "get").lower() == "post"
            self._form = HtmlForm(given.get("action") or self.path) if posts else None
            if self._form:
                self.forms.append(self._form)
        elif self._form and tag == "option" and self._form.entries:
            entry = self._form.entries[-1]
            entry.options.append(given.get("value", ""))
            if "selected" in given:
                entry.value = given.get("value", "")
        elif self._form and tag in ("input", "textarea", "select") and given.get("name"):
            kind = given.get("type", "text").lower() if tag == "input" else tag
            limit = int(given["maxlength"]) if given.get("maxlength", "").isdigit() else 80
            required, value = "required" in given, given.get("value", "")
            self._form.entries.append(Entry(given["name"], kind, limit, required, value))

    def handle_endtag(self, tag: str) -> None:
        """What follows a form is no part of it."""
        if tag == "form":
            self._form = None
