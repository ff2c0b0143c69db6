"""Somebody who uses an app: which forms are filled, and how, and that it can be done once more."""

from flask import Flask, redirect, render_template_string, request

from remodel.runner.html_forms import Page
from remodel.runner.visitor import Request, Visitor, packed, unpacked

FORM = """
<a href="/">All</a>
<form method="post"><input name="name" maxlength="30" required>
<input type="number" name="size"><input type="date" name="day">
<select name="kind"><option value="a">A</option><option value="b">B</option></select>
<textarea name="note" maxlength="200"></textarea></form>
<form><input name="search"></form>
"""


def app_with(things: dict[int, dict[str, str]], closed: bool = False) -> Flask:
    """An app that keeps `things`; a `closed` one refuses new ones."""
    app = Flask("things")

    @app.get("/")
    def all_of_them() -> str:
        return "".join(f'<a href="/things/{n}/edit">{n}</a>' for n in things)

    @app.route("/things/add", methods=["GET", "POST"])
    def add():  # type: ignore[no-untyped-def]
        if request.method == "GET" or closed:
            return FORM, 422 if closed else 200
        things[max(things, default=0) + 1] = request.form.to_dict()
        return redirect("/")

    @app.route("/things/<int:thing_id>/edit", methods=["GET", "POST"])
    def edit(thing_id: int):  # type: ignore[no-untyped-def]
        if request.method == "POST":
            things[thing_id] = request.form.to_dict()
        return FORM if request.method == "GET" else redirect("/")

    @app.route("/things/<int:thing_id>/delete", methods=["GET", "POST"])
    def delete(thing_id: int):  # type: ignore[no-untyped-def]
        if request.method == "POST":
            things.pop(thing_id)
        return '<form method="post"><button>Yes</button></form>'

    return app


PATHS = ["/", "/things/1/delete", "/things/1/edit", "/things/add"]


def test_a_page_tells_its_forms_and_links() -> None:
    """A form that is sent by POST has fields, kinds, lengths and options; others do not count."""
    page = Page("/things/add", FORM)
    (form,) = page.forms
    assert page.links == ["/"]
    assert form.action == "/things/add" and not form.is_button
    assert [(e.name, e.kind, e.limit, e.required) for e in form.entries] == [
        ("name", "text", 30, True),
        ("size", "number", 80, False),
        ("day", "date", 80, False),
        ("kind", "select", 80, False),
        ("note", "textarea", 200, False),
    ]
    assert form.entries[3].options == ["a", "b"]


def test_every_form_is_filled_of_old_rows_and_of_new_ones() -> None:
    """What is added leads to pages of its own, whose forms are filled as well."""
    things = {1: {"name": "old"}}
    sent = Visitor(app_with(things), PATHS).explore(PATHS)
    edited = {path for method, path, _, _ in sent if method == "POST" and path.endswith("/edit")}
    assert {"/things/1/edit", "/things/2/edit", "/things/3/edit"} <= edited
    assert things[1]["name"] != "old"


def test_texts_are_as_long_as_the_field_and_empty_where_they_may_be() -> None:
    """A text is typed up to the length of its field, and blanks where nothing is required."""
    sent = Visitor(app_with({1: {}}), PATHS).explore(PATHS)
    typed = [each for method, _, each, _ in sent if method == "POST" and each]
    assert {len(each["name"]) for each in typed} >= {30}
    assert any(each["note"].strip() == "" for each in typed)
    assert any(len(each["note"]) == 200 for each in typed)
    assert all(each["name"].strip() for each in typed)


def test_one_thing_is_changed_and_the_rest_left_as_it_stands() -> None:
    """In a form that shows a row, one text is changed, and what else stands there is sent back."""
    things = {1: {"name": "old"}}
    app = app_with(things)
    shown = '<form method="post"><input name="name" value="old"><select name="kind">'
    shown += '<option value="a">A</option><option value="b" selected>B</option></select></form>'
    app.add_url_rule(
        "/a", "a", lambda: shown if request.method == "GET" else "", methods=["GET", "POST"]
    )
    first = Visitor(app, ["/a"]).explore(["/a"])[0]
    assert first[2]["kind"] == "b" and first[2]["name"] not in ("", "old")


def test_another_app_that_is_as_good_ends_the_same() -> None:
    """The same requests leave the same things in an app that does the same."""
    first, second = dict[int, dict[str, str]]({1: {}}), dict[int, dict[str, str]]({1: {}})
    sent = Visitor(app_with(first), PATHS).explore(PATHS)
    assert Visitor(app_with(second), ()).repeat(unpacked(packed(sent))) == sent
    assert first == second


def test_the_first_other_answer_is_the_last() -> None:
    """Where an app answers otherwise, what follows would say nothing."""
    sent = Visitor(app_with({1: {}}), PATHS).explore(PATHS)
    again = Visitor(app_with({1: {}}, closed=True), ()).repeat(sent)
    assert again[-1][3] == 422
    assert again[:-1] == sent[: len(again) - 1]


def test_what_every_page_is_given_is_asked_once() -> None:
    """A footer costs as much as a page; what is no plain data may belong to one request alone."""
    asked = list[str]()
    app = app_with({1: {}})

    @app.context_processor
    def footer() -> dict[str, object]:
        asked.append("footer")
        return {"tables": {"room": ["id", "name"]}}

    @app.context_processor
    def of_the_request() -> dict[str, object]:
        asked.append("request")
        return {"ask": request.args.get}

    @app.get("/shown")
    def shown() -> str:
        return render_template_string("{{ tables['room'][1] }} {{ ask('a') }}")

    path: Request = ("GET", "/shown", {}, 200)
    assert Visitor(app, ()).repeat([path, path, path]) == [path] * 3
    assert (asked.count("footer"), asked.count("request")) == (1, 3)
