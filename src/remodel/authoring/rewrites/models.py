"""Rewrites of models: older and newer styles, other orders, mixins and tables."""

import ast
import re
from collections.abc import Callable, Iterator

from remodel.authoring.rewrites.rewrite import Files, Solved, rewrite
from remodel.course.layout import MODELS

MODEL_FILES = (MODELS, "hearth/inspections.py")
_TYPES = {
    "int": "Integer",
    "str": "String",
    "date": "Date",
    "datetime": "DateTime",
    "bool": "Boolean",
}
_KEYS = ("ForeignKey",)


def _models(tree: ast.Module) -> list[ast.ClassDef]:
    return [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(x) for x in node.bases)
    ]


def _columns(model: ast.ClassDef) -> Iterator[tuple[int, ast.AnnAssign, str]]:
    """Each mapped column of `model`: its place, its statement, and its Python type in words."""
    for place, node in enumerate(model.body):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).startswith("Mapped["):
            value = ast.unparse(node.value) if node.value else ""
            if not value.startswith("relationship("):
                yield place, node, ast.unparse(node.annotation)[len("Mapped[") : -1]


def _table_of(model: ast.ClassDef) -> str:
    """What its table is called: by itself, or by Flask-SQLAlchemy."""
    for node in model.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__tablename__":
            return str(ast.literal_eval(node.value))
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.name).lower()


def _changed(solved: Solved, change: Callable[[ast.Module], object]) -> Files | None:
    return solved.changed_trees(change, *MODEL_FILES)


def _call(node: ast.expr | None, name: str) -> ast.Call:
    """The call that `node` is, or one of `name` without arguments."""
    return node if isinstance(node, ast.Call) else ast.Call(ast.Name(name), [], [])


@rewrite("Somebody who learned Flask-SQLAlchemy before SQLAlchemy 2: db.Column and no types.")
def columns_in_the_old_style(solved: Solved) -> Files | None:
    """`colour = db.Column(db.String(30))`."""

    def change(tree: ast.Module) -> None:
        for model in _models(tree):
            for place, node, kind in list(_columns(model)):
                model.body[place] = ast.Assign([node.target], old_column(node, kind))
            for place, each in enumerate(model.body):
                if isinstance(each, ast.AnnAssign):
                    model.body[place] = ast.Assign([each.target], _old_relationship(each))

    return _changed(solved, change)


def old_column(node: ast.AnnAssign, kind: str, name: str = "") -> ast.expr:
    """`db.Column(…)` for a mapped column whose Python type is `kind`; with `name`, of a table."""
    call = ast.parse(ast.unparse(_call(node.value, "mapped_column")), mode="eval").body
    assert isinstance(call, ast.Call)
    call.func = ast.parse("db.Column", mode="eval").body
    plain = kind.removesuffix(" | None")
    words = [ast.unparse(each) for each in call.args]
    if all(each.startswith(_KEYS) for each in words):
        call.args.insert(0, ast.parse(f"db.{_TYPES[plain]}", mode="eval").body)
    if name:
        call.args.insert(0, ast.Constant(name))
    keywords = {each.arg for each in call.keywords}
    if not keywords & {"primary_key", "nullable"}:
        call.keywords.append(ast.keyword("nullable", ast.Constant(kind.endswith("| None"))))
    return call


def _old_relationship(node: ast.AnnAssign) -> ast.expr:
    call = _call(node.value, "relationship")
    kind = ast.unparse(node.annotation).removeprefix("Mapped[").removesuffix("]")
    kind = kind.removeprefix("list[").removesuffix("]").strip("'\"")
    call.func = ast.parse("db.relationship", mode="eval").body
    call.args = [ast.Constant(kind), *call.args]
    return call


@rewrite("Somebody who writes Optional[str], as Python did before 3.10.")
def optional_types(solved: Solved) -> Files | None:
    """`Mapped[Optional[str]]` for `Mapped[str | None]`."""

    def change(tree: ast.Module) -> None:
        changed = False
        for model in _models(tree):
            for _place, node, kind in _columns(model):
                if kind.endswith(" | None"):
                    words = f"Mapped[Optional[{kind.removesuffix(' | None')}]]"
                    node.annotation = ast.parse(words, mode="eval").body
                    changed = True
        if changed:
            tree.body.insert(1, ast.ImportFrom("typing", [ast.alias("Optional")], 0))

    return _changed(solved, change)


@rewrite("Somebody who says of each column whether it may be NULL, though its type says so.")
def nullable_in_words(solved: Solved) -> Files | None:
    """`mapped_column(…, nullable=False)`."""

    def change(tree: ast.Module) -> None:
        for model in _models(tree):
            for _place, node, kind in _columns(model):
                call = _call(node.value, "mapped_column")
                if not {each.arg for each in call.keywords} & {"primary_key", "nullable"}:
                    null = ast.Constant(kind.endswith("| None"))
                    call.keywords.append(ast.keyword("nullable", null))
                node.value = call

    return _changed(solved, change)


@rewrite("Somebody who orders the columns of a model by another rule.")
def columns_of_models_in_another_order(solved: Solved) -> Files | None:
    """From the last to the first."""

    def change(tree: ast.Module) -> None:
        for model in _models(tree):
            columns = list(_columns(model))
            places = [place for place, _node, _kind in columns]
            for place, (_, node, _) in zip(places, reversed(columns), strict=True):
                model.body[place] = node

    return _changed(solved, change)


@rewrite("Somebody who puts the newest class first.")
def classes_in_another_order(solved: Solved) -> Files | None:
    """From the last to the first; what comes later is named in quotes."""

    def change(tree: ast.Module) -> None:
        models = _models(tree)
        for model in models:
            for node in model.body:
                if isinstance(node, ast.AnnAssign):
                    node.annotation = ast.Constant(ast.unparse(node.annotation).replace("'", ""))
        places = [tree.body.index(model) for model in models]
        for place, model in zip(places, reversed(models), strict=True):
            tree.body[place] = model

    return _changed(solved, change)


@rewrite("Somebody who names every table, though Flask-SQLAlchemy does.")
def table_names_in_words(solved: Solved) -> Files | None:
    """`__tablename__ = "furniture"`."""

    def change(tree: ast.Module) -> None:
        for model in _models(tree):
            name = ast.Constant(_table_of(model))
            model.body.insert(1, ast.Assign([ast.Name("__tablename__", ast.Store())], name))

    return _changed(solved, change)


@rewrite("Somebody who says once, in a mixin, that every table has an id.")
def a_mixin_for_the_id(solved: Solved) -> Files | None:
    """A class with the id, which the models inherit from."""

    def change(tree: ast.Module) -> None:
        mixin = ast.parse("class HasId:\n    pass").body[0]
        assert isinstance(mixin, ast.ClassDef)
        for model in _models(tree):
            for _place, node, _kind in list(_columns(model)):
                if ast.unparse(node.target) == "id":
                    mixin.body = [node]
                    model.body.remove(node)
                    model.bases.insert(0, ast.Name("HasId"))
        if models := _models(tree):
            tree.body.insert(tree.body.index(models[0]), mixin)

    return _changed(solved, change)


@rewrite("Somebody who writes tables as tables, and classes that stand on them.")
def tables_and_classes(solved: Solved) -> Files | None:
    """`__table__ = db.Table(…)`, with the columns in it."""

    def change(tree: ast.Module) -> None:
        for model in _with_plain_names(tree):
            _on_a_table(model)

    return _changed(solved, change)


def _with_plain_names(tree: ast.Module) -> list[ast.ClassDef]:
    """The models each of whose columns has the name of its attribute."""
    return [
        model
        for model in _models(tree)
        if not any(_is_named(_call(node.value, "mapped_column")) for _, node, _ in _columns(model))
    ]


def _is_named(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str)


def _on_a_table(model: ast.ClassDef) -> None:
    columns = list(_columns(model))
    parts = [old_column(node, kind, ast.unparse(node.target)) for _, node, kind in columns]
    keywords = list[ast.keyword]()
    body = list[ast.stmt]()
    for node in model.body:
        name = ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""
        if isinstance(node, ast.Assign) and name == "__table_args__":
            assert isinstance(node.value, ast.Tuple)
            for each in node.value.elts:
                if isinstance(each, ast.Dict):  # options of the table
                    keywords.append(ast.keyword(None, each))
                else:
                    parts.append(each)
        elif isinstance(node, ast.Assign) and name == "__bind_key__":
            keywords.append(ast.keyword("bind_key", node.value))
        elif name != "__tablename__" and node not in [each for _, each, _ in columns]:
            body.append(node)
    table = ast.parse("db.Table", mode="eval").body
    call = ast.Call(table, [ast.Constant(_table_of(model)), *parts], keywords)
    body.insert(1, ast.Assign([ast.Name("__table__", ast.Store())], call))
    model.body = body


@rewrite("Somebody who has the tables in one place and plain classes in another.")
def classes_mapped_by_hand(solved: Solved) -> Files | None:
    """`map_imperatively`: a table, a class without columns, and what ties them."""

    def change(tree: ast.Module) -> None:
        for model in _with_plain_names(tree):
            place = tree.body.index(model)
            _on_a_table(model)
            tree.body[place : place + 1] = _by_hand(model)

    return _changed(solved, change)


def _by_hand(model: ast.ClassDef) -> list[ast.stmt]:
    """A class on a table, whose relationships and table stand in a call below it instead."""
    table, links, body = "", list[str](), list[ast.stmt]()
    for node in model.body:
        if isinstance(node, ast.AnnAssign):
            value = ast.unparse(_old_relationship(node))
            links.append(f"{ast.unparse(node.target)!r}: {value}")
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__table__":
            table = ast.unparse(node.value)
        else:
            body.append(node)
    plain = ast.ClassDef(model.name, [], [], body or [ast.Pass()], [])
    properties = "{" + ", ".join(links) + "}"
    call = f"db.Model.registry.map_imperatively({model.name}, {table}, properties={properties})"
    return [plain, *ast.parse(call).body]


@rewrite("Somebody who writes the rules of a table below each other, in __table_args__.")
def rules_in_table_args(solved: Solved) -> Files | None:
    """`UniqueConstraint("name")` for `unique=True`, `Index(…)` for `index=True`."""

    def change(tree: ast.Module) -> None:
        for model in _models(tree):
            for _place, node, _kind in _columns(model):
                _move_rules(model, node)

    return _changed(solved, change)


def _move_rules(model: ast.ClassDef, node: ast.AnnAssign) -> None:
    column, table = ast.unparse(node.target), _table_of(model)
    rules = {
        "unique": f"db.UniqueConstraint({column!r})",
        "index": f"db.Index('ix_{table}_{column}', {column!r})",
    }
    call = _call(node.value, "mapped_column")
    for keyword in list(call.keywords):
        if keyword.arg in rules:
            call.keywords.remove(keyword)
            rule = ast.parse(rules[keyword.arg], mode="eval").body
            _table_args(model).elts.append(rule)
            node.value = call


@rewrite("Somebody who writes foreign keys as rules of the table.")
def foreign_keys_in_table_args(solved: Solved) -> Files | None:
    """`ForeignKeyConstraint(["room_id"], ["room.id"])` for `ForeignKey("room.id")`."""

    def change(tree: ast.Module) -> None:
        for model in _models(tree):
            for _place, node, _kind in list(_columns(model)):
                _move_key(model, node)

    return _changed(solved, change)


def _move_key(model: ast.ClassDef, node: ast.AnnAssign) -> None:
    call = _call(node.value, "mapped_column")
    for key in list(call.args):
        if isinstance(key, ast.Call) and ast.unparse(key.func) == "ForeignKey":
            call.args.remove(key)
            words = f"db.ForeignKeyConstraint([{ast.unparse(node.target)!r}], "
            words += f"[{ast.unparse(key.args[0])}])"
            rule = ast.parse(words, mode="eval").body
            assert isinstance(rule, ast.Call)
            rule.keywords = key.keywords
            _table_args(model).elts.append(rule)


def _table_args(model: ast.ClassDef) -> ast.Tuple:
    """The tuple `__table_args__` of `model`, made where there is none."""
    for node in model.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__table_args__":
            assert isinstance(node.value, ast.Tuple)
            return node.value
    made = ast.Tuple([], ast.Load())
    model.body.insert(1, ast.Assign([ast.Name("__table_args__", ast.Store())], made))
    return made
