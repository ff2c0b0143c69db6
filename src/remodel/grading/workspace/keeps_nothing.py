"""Whether an answer's commands may follow one another in one process: nothing of it stays there.

Each loads the app and the revisions again, so what they bind is gone. What would stay is what the
libraries keep: their attributes, their caches of functions and of types, what SQLite has for all
databases of a process. Nobody knows all of these places. So an answer keeps nothing where it is
made as most migrations are: texts, and calls of the libraries that are written out. Whatever else
may be as harmless; its commands have a process each, and only take longer.
"""

import ast
import functools
import re
from dataclasses import dataclass

from remodel.grading.answer import Answer
from remodel.grading.workspace.footprint import UNREAD
from remodel.grading.workspace.plain_code import (
    BUILTINS,
    FUNCTIONS,
    TYPES,
    WORDS,
    is_plain,
    is_plain_sql,
    types_in,
    word_of,
    words,
)

#: Words that make or name a part of the schema. What they are given is written out, for many of
#: them turn all that they are given into its text, and that can be where it lies in memory.
_MAKES = TYPES | words(
    "add_column alter_column batch_alter_table create_check_constraint create_foreign_key "
    "create_index create_primary_key create_table create_unique_constraint drop_column "
    "drop_constraint drop_index drop_table f rename_table CheckConstraint Column Computed "
    "ForeignKey ForeignKeyConstraint Identity Index MetaData PrimaryKeyConstraint Table "
    "UniqueConstraint mapped_column relationship bindparam column label literal table text"
)
#: Words that ask for something, or put a statement together.
_ASKS = words(
    "bulk_insert execute get_bind and_ asc between case cast delete desc distinct exists false "
    "group_by having in_ insert is_ is_not is_not_distinct_from like limit not_ not_in not_like "
    "null or_ order_by returning scalar_subquery select select_from true union union_all update "
    "values where all fetchall fetchone first mappings one one_or_none scalar scalar_one "
    "scalar_one_or_none scalars inspect get_columns get_foreign_keys get_indexes "
    "get_pk_constraint get_table_names get_unique_constraints has_table append items commit "
    "extract split startswith endswith print"
)
#: Of those, what may stand in what is written out, for it has no result of the database's.
_EXPRESSES = _MAKES | words(
    "and_ asc between case cast desc false in_ is_ is_not like not_ not_in not_like null or_ true"
)
#: Words that are no calls.
_VALUES = TYPES | words("Model id name rowcount")
#: What a part of the schema may be told by name: texts, numbers, and other parts.
_KEYWORDS = words(
    "nullable schema length name primary_key back_populates existing_type unique order_by type_ "
    "existing_nullable server_default new_column_name ondelete onupdate default index cascade "
    "if_exists if_not_exists recreate table_name source referent passive_deletes sqlite_where "
    "sqlite_autoincrement sqlite_on_conflict sqlite_on_conflict_not_null "
    "sqlite_on_conflict_primary_key sqlite_on_conflict_unique collation lazy deferrable initially "
    "existing_server_default viewonly uselist secondary foreign_keys remote_side primaryjoin "
    "autoincrement comment existing_comment timezone precision scale asdecimal persisted start "
    "increment always naming_convention create_constraint native_enum else_ value bind"
)
#: What the libraries say of types.
_OF_TYPES = words("Any Callable Iterable Iterator Mapped Mapping Optional Sequence Union")
#: A clock that is fine enough to tell what was loaded before from what was not.
_FINE_CLOCK = re.compile(r"strftime|julianday|unixepoch|subsec", re.I)


def keeps_nothing(answer: Answer) -> bool:
    """Whether a command leaves nothing in its process that the answer's next one could find."""
    files = answer.files.items() - answer.exercise.own_files
    return all(name in UNREAD or _keeps_nothing(name, content) for name, content in files)


@functools.lru_cache(maxsize=64)  # an answer's files are asked about before each of its commands
def _keeps_nothing(name: str, content: bytes) -> bool:
    if _FINE_CLOCK.search(content.decode(errors="replace")):
        return False
    if name.endswith(".sql"):
        return is_plain_sql(content)
    return name.endswith(".py") and is_plain(content) and _is_usual(content)


@dataclass(frozen=True)
class _Names:
    """What the names of a module stand for."""

    imported: frozenset[str]
    functions: frozenset[str]
    #: What is bound otherwise: nobody knows to what.
    bound: frozenset[str]
    #: Of those, what is a text or a number that is written out.
    constant: frozenset[str]
    #: Of what is imported, classes of the app's.
    models: frozenset[str]

    @property
    def no_values(self) -> frozenset[str]:
        """What has to be called, or asked for something."""
        return self.functions | BUILTINS | (self.imported - _VALUES - (self.models - _OF_TYPES))


def _is_usual(source: bytes) -> bool:
    tree = ast.parse(source)
    nodes, names = list(ast.walk(tree)), _names_in(tree)
    types = {id(node) for each in types_in(nodes) for node in ast.walk(each)}
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    called |= {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    functions = {id(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    defined = names.functions | {n.name for n in nodes if isinstance(n, ast.ClassDef)}
    defined |= {name for name in names.bound if name[:1].isupper()}
    return not defined & (WORDS | BUILTINS | _OF_TYPES) and all(
        _is_usual_part(node, names, id(node) in called)
        and (not isinstance(node, ast.FunctionDef) or id(node) in functions)
        for node in nodes
        if id(node) not in types
    )


def _names_in(tree: ast.Module) -> _Names:
    nodes = list(ast.walk(tree))
    bound = [n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)]
    constant = [
        node.targets[0].id
        for node in nodes
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.targets[0], ast.Name)
    ]
    return _Names(
        frozenset(
            alias.asname or alias.name.partition(".")[0]
            for node in nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        ),
        frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef)),
        frozenset(bound) | {node.arg for node in nodes if isinstance(node, ast.arg)},
        frozenset(name for name in constant if bound.count(name) == constant.count(name)),
        frozenset(
            alias.name
            for node in nodes
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("models")
            for alias in node.names
        ),
    )


def _is_usual_part(node: ast.AST, names: _Names, is_called: bool) -> bool:
    """Whether `node` by itself keeps nothing; `is_called`, or something of it is asked for."""
    match node:
        case ast.Attribute() | ast.Subscript() if not isinstance(node.ctx, ast.Load):
            return False
        case ast.Attribute(ast.Attribute(attr="c"), _) | ast.Attribute(attr="c"):
            return True
        case ast.Attribute(ast.Name("func") | ast.Attribute(attr="func"), word):
            return is_called and word in FUNCTIONS
        case ast.Attribute(_, word):
            return word in _VALUES or (is_called and word in (_MAKES | _ASKS | {"func"}))
        case ast.Name(name) if isinstance(node.ctx, ast.Load):
            return is_called or name.endswith("Error") or name not in names.no_values
        case ast.ClassDef(bases=[ast.Attribute(ast.Name("db"), "Model")], keywords=[], body=body):
            inside = (ast.Assign, ast.AnnAssign, ast.Expr, ast.Pass)
            return not node.decorator_list and all(isinstance(part, inside) for part in body)
        case ast.FunctionDef(args=arguments):
            plain = not node.decorator_list and not arguments.defaults
            return plain and not arguments.kw_defaults and node.name[:1].islower()
        case ast.Call():
            return _is_usual_call(node, names)
        case ast.Slice(step=step):
            return step is None
    return not isinstance(node, ast.ClassDef | ast.Lambda | ast.BinOp | ast.GeneratorExp)


def _is_usual_call(call: ast.Call, names: _Names) -> bool:
    word = word_of(call)
    if isinstance(call.func, ast.Name) and word in names.bound:
        return False
    keywords = {keyword.arg for keyword in call.keywords}
    if None in keywords or (word != "values" and not keywords <= _KEYWORDS):
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    parts = [part for arg in given for part in ast.walk(arg)]
    calls = [part.func for part in parts if isinstance(part, ast.Call)]
    asked = [func.value for func in calls if isinstance(func, ast.Attribute)]
    return word not in _MAKES or all(_is_written(part, names) or part in asked for part in parts)


def _is_written(node: ast.AST, names: _Names) -> bool:
    """Whether `node` stands for what the file says, and for nothing that was found elsewhere."""
    match node:
        case ast.Name(name):
            return name not in (names.bound - names.constant) | (names.models - TYPES)
        case ast.Call():
            is_function = isinstance(node.func, ast.Attribute) and node.func.attr in FUNCTIONS
            return is_function or word_of(node) in _EXPRESSES
    return True
