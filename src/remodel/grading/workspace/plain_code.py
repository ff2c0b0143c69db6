"""Whether code can see nothing but its database and its models: its text is read, none of it runs.

Such code does the same wherever it is run.

What code is made of tells, and all of that is on a list. What is not there may be harmless: the
lists need not be complete, only safe.
"""

import ast
import re
from collections.abc import Iterable

from remodel.course.layout import APP
from remodel.grading.answer import Answer
from remodel.grading.workspace.footprint import UNREAD


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


#: The parts of Python that look at nothing by themselves. An exception, a set and a text that is
#: put together can tell where they are: the depth of calls, a hash, the name of a database.
_NODES = (
    *(ast.Module, ast.FunctionDef, ast.ClassDef, ast.Return, ast.Assign, ast.AnnAssign, ast.For),
    *(ast.If, ast.With, ast.withitem, ast.Expr, ast.Pass, ast.Import, ast.ImportFrom, ast.alias),
    *(ast.Assert, ast.BoolOp, ast.boolop, ast.BinOp, ast.operator, ast.UnaryOp, ast.unaryop),
    *(ast.Lambda, ast.IfExp, ast.Dict, ast.List, ast.Tuple, ast.ListComp, ast.GeneratorExp),
    *(ast.comprehension, ast.Compare, ast.cmpop, ast.Call, ast.keyword, ast.Constant, ast.Name),
    *(ast.Attribute, ast.Subscript, ast.Slice, ast.Starred, ast.arguments, ast.arg),
    *(ast.expr_context, ast.Raise, ast.DictComp),
)
BUILTINS = words(
    "all any bool bytes dict enumerate float int len list max min object print property range "
    "reversed sorted str sum tuple zip NotImplementedError RuntimeError ValueError"
)
#: Types of SQLAlchemy.
TYPES = words(
    "BIGINT BOOLEAN BigInteger Boolean CHAR DATE DATETIME DECIMAL Date DateTime Enum FLOAT Float "
    "INTEGER Integer Interval JSON LargeBinary NUMERIC Numeric REAL SMALLINT SmallInteger String "
    "TEXT TIME TIMESTAMP Text Time VARCHAR"
)
#: Words of Alembic, of SQLAlchemy and of its ORM, and what a result is asked for.
WORDS = TYPES | words(
    "add_column alter_column batch_alter_table bulk_insert create_check_constraint "
    "create_foreign_key create_index create_primary_key create_table create_unique_constraint "
    "drop_column drop_constraint drop_index drop_table drop_table_comment execute f get_bind "
    "rename_table CheckConstraint Column Computed ForeignKey ForeignKeyConstraint Identity Index "
    "MetaData PrimaryKeyConstraint Table UniqueConstraint "
    "and_ asc between bindparam c case cast column columns delete desc "
    "distinct exists false func group_by having in_ insert is_ is_not is_not_distinct_from join "
    "label like limit literal not_ not_in not_like null or_ order_by outerjoin returning "
    "scalar_subquery select select_from subquery table text true union union_all update values "
    "where exec_driver_sql all fetchall fetchone first mappings one one_or_none rowcount scalar "
    "scalar_one scalar_one_or_none scalars tuples inspect get_columns get_foreign_keys "
    "get_indexes get_pk_constraint get_table_names get_unique_constraints has_table "
    "DeclarativeBase Mapped Model WriteOnlyMapped backref column_property deferred "
    "mapped_column relationship session synonym validates append items keys "
    "commit flush rollback extract partition split startswith endswith strip __table__ "
    "Connection id name"
)
#: Functions of SQL. A text of Python has methods with these names.
FUNCTIONS = words(
    "coalesce count instr length lower ltrim max min nullif replace rtrim substr sum trim upper"
)
#: What is imported from where; from SQLAlchemy, any of its words above.
_IMPORTS = {
    "__future__": {"annotations"},
    "alembic": {"op"},
    "collections.abc": {"Callable", "Iterable", "Iterator", "Mapping", "Sequence"},
    "datetime": {"date", "datetime"},
    "decimal": {"Decimal"},
    "typing": {"Any", "Optional", "Sequence", "Union"},
}
_LIBRARY = re.compile(r"sqlalchemy(\.(orm|schema|sql|types))?")
#: SQL that names a file, asks for the name of one, or sets what all databases of a process have.
_SQL = re.compile(
    r"attach|vacuum|database_list|_directory|load_extension|writable_schema|heap_limit|"
    r"fts3_tokenizer",
    re.I,
)
#: A text that SQLAlchemy may evaluate as Python: names, and one thing that each is asked for. What
#: is longer may lead anywhere, and a loop may bind what it finds there.
_EVALUATED = re.compile(
    r"(?!.*(__|\bfor\b))((?<![\w.])\w+(\.\w+)?(?![\w.])|[\s,=\[\]|'\"-])*|(asc|desc)\(\w+\.\w+\)",
    re.DOTALL,
)
#: Names of Python's own that a class may give to what it defines.
_OWN = ("__repr__", "__str__", "__tablename__", "__table_args__", "__mapper_args__", "__bind_key__")
#: What takes SQL as text.
_TAKES_SQL = ("execute", "text", "exec_driver_sql", "scalar", "scalars")
#: What evaluates texts.
_EVALUATES = ("relationship", "backref")
#: What gives a statement, and never a text that somebody has put together.
_STATEMENTS = words(
    "delete distinct exists group_by having insert limit order_by returning select select_from "
    "text union union_all update values where"
)


def is_plain_answer(answer: Answer) -> bool:
    """Whether all of `answer` that the course did not write itself is plain."""
    files = answer.files.items() - answer.exercise.own_files
    return all(name in UNREAD or _is_plain_file(name, content) for name, content in files)


def _is_plain_file(name: str, content: bytes) -> bool:
    if name.endswith(".sql"):
        return is_plain_sql(content)
    return name.endswith(".py") and is_plain(content)


def is_plain_sql(source: bytes) -> bool:
    """Whether a script in SQL is about its own database alone."""
    return b"\0" not in source and not _SQL.search(source.decode(errors="replace"))


def is_plain(source: bytes) -> bool:
    """Whether a module is known to see nothing but its database, and the models of the app."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    nodes = list(ast.walk(tree))
    bound = set(BUILTINS).union(*map(_bound_by, nodes))
    types = {id(node) for each in types_in(nodes) for node in ast.walk(each)}
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    values = set().union(*(_bound_by(n) for n in nodes if isinstance(n, ast.Name | ast.arg)))
    # What has a text says where it is: a module its file, and `db` its database.
    whole = {"db", "op"}.union(*(_bound_by(n) for n in nodes if isinstance(n, ast.Import)))
    asked = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    return all(
        _is_plain(node, bound, id(node) in types)
        and (id(node) in called or not _runs_texts(node))
        and (id(node) in asked or not _is_one_of(node, whole))
        and (id(node) not in types or _is_of_a_type(node, values))
        and (not isinstance(node, ast.Call) or _evaluates_what_is_written(node, values))
        for node in nodes
    )


def _bound_by(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        return [node.id]
    if isinstance(node, ast.arg):
        return [node.arg]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    return []


def types_in(nodes: Iterable[ast.AST]) -> Iterable[ast.AST]:
    """Where something is said to be of a type."""
    for node in nodes:
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            yield node.annotation
        if isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns


def _is_plain(node: ast.AST, bound: set[str], of_a_type: bool) -> bool:
    """Whether `node` by itself looks at nothing; `bound` are the names that have a meaning."""
    match node:
        case ast.Import(names):
            return all(_LIBRARY.fullmatch(alias.name) for alias in names)
        case ast.ImportFrom():
            return _brings_nothing_else(node)
        case ast.alias():
            return node.asname is None or _LIBRARY.fullmatch(node.name) is not None
        case ast.FunctionDef(name) | ast.ClassDef(name) if name in _STATEMENTS:
            return False
        case ast.FunctionDef(name) if name.startswith("__"):
            return name in _OWN
        case ast.Name(name):
            known = name in bound and (name != "str" or of_a_type)
            return known and (not name.startswith("__") or name in _OWN)
        case ast.Attribute(ast.Name("func") | ast.Attribute(attr="func"), word):
            return word in FUNCTIONS
        case ast.Attribute(ast.Attribute(attr="c"), word) if not word.startswith("_"):
            return True  # a column of a table
        case ast.Attribute(_, word):
            return word in WORDS
        case ast.Constant(str(text)):
            return not _SQL.search(text) and not (of_a_type and not _EVALUATED.fullmatch(text))
        case ast.BinOp(left, operator, right):
            return not isinstance(operator, ast.Mod) and not any(map(_is_text, (left, right)))
        case ast.Call():
            return _hands_over_what_is_written(node)
    return isinstance(node, _NODES)


def _brings_nothing_else(node: ast.ImportFrom) -> bool:
    """Whether what is imported are words of the libraries, or models of the app."""
    module, names = node.module or "", {alias.name for alias in node.names}
    if _LIBRARY.fullmatch(module):
        return names <= WORDS
    if node.level or module.partition(".")[0] == APP:
        models = module.rpartition(".")[2] == "models" and all(n[:1].isupper() for n in names)
        return models or names == {"db"}
    return names <= _IMPORTS.get(module, set())


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _runs_texts(node: ast.AST) -> bool:
    """Whether `node` stands for what runs a text: under another name it would be given any."""
    run = {*_TAKES_SQL, *_EVALUATES}
    return _is_one_of(node, run) or (isinstance(node, ast.Attribute) and node.attr in run)


def _is_one_of(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names


def _is_of_a_type(node: ast.AST, values: set[str]) -> bool:
    """Whether `node`, by which something is said to be of a type, names one.

    SQLAlchemy evaluates a text there, and Python remembers what it was asked for: it takes 1.0
    for 1.
    """
    match node:
        case ast.Name(name):
            return name not in values
        case ast.Constant(value):
            return value is None or isinstance(value, str)
        case ast.BinOp(_, operator, _):
            return isinstance(operator, ast.BitOr)
    usual = (ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.expr_context, ast.operator)
    return isinstance(node, usual)


def _evaluates_what_is_written(call: ast.Call, values: set[str]) -> bool:
    """Whether texts that SQLAlchemy evaluates are written out, and are no programs."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return word_of(call) not in _EVALUATES or all(_is_harmless(each, values) for each in given)


def _is_harmless(given: ast.expr, values: set[str]) -> bool:
    match given:
        case ast.Constant(value):
            return _EVALUATED.fullmatch(str(value)) is not None
        case ast.Name(name):
            return name not in values
        case ast.Call():
            return word_of(given) == "backref"
    return isinstance(given, ast.Attribute | ast.List | ast.Tuple | ast.Lambda | ast.Compare)


def word_of(call: ast.Call) -> str:
    """The word that is called, be it asked of something or a name; "" where there is none."""
    match call.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def _hands_over_what_is_written(call: ast.Call) -> bool:
    """Whether SQL is written out where it is run, and nothing else is made a text."""
    name = word_of(call)
    if name in _TAKES_SQL and (call.args or call.keywords):
        first = call.args[0] if call.args else None
        statement = isinstance(first, ast.Call) and word_of(first) in _STATEMENTS
        return statement or (isinstance(first, ast.expr) and _is_text(first))
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    if name == "f":  # it gives the text of whatever it is given
        return all(isinstance(g, ast.Constant) for g in given)
    return name != "print" or not any(k.arg in ("file", None) for k in call.keywords)
