"""Rewrites of the text alone: what editors, formatters and other systems make of a file."""

import ast
import io
import tokenize
from itertools import cycle

from remodel.authoring.rewrites.rewrite import PYTHON, REVISIONS, Files, Solved, rewrite

_SIMPLE = ('"""', "'''", "\\")
#: Words that a grader may look for, where they mean nothing.
REMARKS = (
    "# commit() is left to Alembic: nothing here says COMMIT",
    "# not like this: from hearth.models import Room, Furniture; db.create_all()",
    "# TODO ask Zoë: op.drop_table('room'), or os._exit(0)?",
)


@rewrite("Somebody whose formatter prints the file from its syntax tree, without any comment.")
def formatter(solved: Solved) -> Files | None:
    """Every Python file as `ast.unparse` prints it."""
    return solved.changed(lambda text: ast.unparse(ast.parse(text)) + "\n", PYTHON)


@rewrite("Somebody whose formatter prefers the other kind of quotes.")
def other_quotes(solved: Solved) -> Files | None:
    """'…' for "…" and the other way about, where that is all that changes."""
    return solved.changed(_with_other_quotes, PYTHON)


def _with_other_quotes(text: str) -> str:
    lines = text.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        quote = token.string[:1]
        if token.type != tokenize.STRING or quote not in "'\"":
            continue
        if any(each in token.string for each in _SIMPLE) or token.string[1:-1].strip("'\"") == "":
            continue
        other = "'" if quote == '"' else '"'
        if other not in token.string:
            (row, start), (_, end) = token.start, token.end
            line = lines[row - 1]
            lines[row - 1] = f"{line[:start]}{other}{token.string[1:-1]}{other}{line[end:]}"
    return "".join(lines)


@rewrite("Somebody whose editor indents with tabs.")
def tabs(solved: Solved) -> Files | None:
    """A tab for every four blanks at the beginning of a line."""
    return solved.changed(_with_tabs, PYTHON)


def _with_tabs(text: str) -> str:
    inside = set[int]()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.STRING:
            inside |= set(range(token.start[0] + 1, token.end[0] + 1))
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        depth = (len(line) - len(line.lstrip(" "))) // 4
        if number not in inside:
            lines[number - 1] = "\t" * depth + line[4 * depth :]
    return "".join(lines)


@rewrite("Somebody on Windows, whose editor ends lines with CR and LF.")
def windows_line_ends(solved: Solved) -> Files | None:
    """CR LF for LF in every file."""
    return {file: content.replace(b"\n", b"\r\n") for file, content in solved.files.items()}


@rewrite("Somebody whose editor writes a byte order mark at the beginning, as Notepad did.")
def byte_order_mark(solved: Solved) -> Files | None:
    """The three bytes of the mark, before everything else."""
    taken = solved.matching(PYTHON, "*.txt", "*.sql", "*.toml")
    marked = {file: b"\xef\xbb\xbf" + solved.files[file] for file in taken}
    return {**solved.files, **marked} if marked else None


@rewrite("Somebody who learned Python when every file needed a line for its encoding.")
def coding_line(solved: Solved) -> Files | None:
    """The line says what is so anyway."""
    return solved.changed(lambda text: f"# -*- coding: utf-8 -*-\n{text}", PYTHON)


@rewrite("Somebody whose editor writes Latin-1, and says so in the first line.")
def latin_1(solved: Solved) -> Files | None:
    """A comment with an umlaut shows that the encoding counts."""
    made = dict(solved.files)
    for file in solved.matching(PYTHON):
        text = "# coding: latin-1\n# für größere Häuser\n" + solved.files[file].decode("utf-8")
        try:
            made[file] = text.encode("latin-1")
        except UnicodeEncodeError:
            return None
    return made if made != solved.files else None


@rewrite("Somebody who explains every statement, what they did not write included.")
def comments_everywhere(solved: Solved) -> Files | None:
    """A remark above each statement; some of its words would be wrong as code."""
    return solved.changed(_with_comments, PYTHON)


def _with_comments(text: str) -> str:
    lines, remarks = text.splitlines(), cycle(REMARKS)
    starts = {
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt) and not lines[node.lineno - 1][: node.col_offset].strip()
    }
    made = list[str]()
    for number, line in enumerate(lines, 1):
        if number in starts and not line.startswith("from __future__"):
            made.append(line[: len(line) - len(line.lstrip())] + next(remarks))
        made.append(line)
    return "\n".join(made) + "\n"


@rewrite("Somebody who deletes every docstring and comment that a tool has written.")
def no_docstrings(solved: Solved) -> Files | None:
    """Modules, classes and functions without a word about them."""

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
                ast.get_docstring(node) is not None
            ):
                node.body = node.body[1:] or [ast.Pass()]

    return solved.changed_trees(change, PYTHON)


@rewrite("Somebody who says in each function of a revision what it does and does not do.")
def docstrings(solved: Solved) -> Files | None:
    """The docstrings use words of things that are not done."""

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is None:
                words = "One step. Without COMMIT, without os._exit, without hearth.models."
                node.body.insert(0, ast.Expr(ast.Constant(words)))

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody whose editor leaves blanks at the ends of lines and drops the last line end.")
def untidy_blanks(solved: Solved) -> Files | None:
    """Blanks behind each line, blank lines at the top, and no line end at the very end."""
    patterns = (PYTHON, "*.sql", "*.txt", "*.toml")
    return solved.changed(_untidy, *patterns)


def _untidy(text: str) -> str | None:
    if '"""' in text or "'''" in text or "\\\n" in text:
        return text.rstrip("\n")  # a blank may mean something there
    return "\n\n" + "  \n".join(text.rstrip("\n").split("\n"))


@rewrite("Somebody who has used type hints from the start, as Alembic's newest template does.")
def type_hints(solved: Solved) -> Files | None:
    """`-> None` behind each function of a revision that says nothing of what it returns."""

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.returns is None:
                node.returns = ast.Constant(None)

    return solved.changed_trees(change, REVISIONS)


@rewrite("Somebody who writes no type hints on functions.")
def no_type_hints(solved: Solved) -> Files | None:
    """Functions without annotations."""

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                node.returns = None
                arguments = node.args
                for each in (*arguments.args, *arguments.posonlyargs, *arguments.kwonlyargs):
                    each.annotation = None

    return solved.changed_trees(change, PYTHON)


@rewrite("Somebody who begins every file with the newest manners of annotations.")
def future_annotations(solved: Solved) -> Files | None:
    """`from __future__ import annotations`, below the docstring."""

    def change(tree: ast.Module) -> None:
        place = 1 if ast.get_docstring(tree) is not None else 0
        tree.body.insert(place, ast.ImportFrom("__future__", [ast.alias("annotations")], 0))

    return solved.changed_trees(change, PYTHON)


@rewrite("Somebody who calls local variables otherwise.")
def other_local_names(solved: Solved) -> Files | None:
    """Every variable of a function gets a longer name, but for its arguments."""

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
                given = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
                own = {each.id for each in names if isinstance(each.ctx, ast.Store)} - given
                for each in names:
                    if each.id in own and not each.id.endswith("_here"):
                        each.id = f"{each.id}_here"

    return solved.changed_trees(change, PYTHON)


@rewrite("Somebody who gives names that occur often a constant at the top of the revision.")
def constants_for_names(solved: Solved) -> Files | None:
    """`FURNITURE = "furniture"`, and the constant wherever the table is named."""

    def change(tree: ast.Module) -> None:
        for node in ast.walk(tree):
            arguments = node.args if isinstance(node, ast.Call) else []
            for place, each in enumerate(arguments):
                if isinstance(each, ast.Constant) and each.value in ("furniture", "room"):
                    arguments[place] = ast.Name(str(each.value).upper())
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        first = next((n for n, x in enumerate(tree.body) if isinstance(x, ast.Assign)), 0)
        for name in sorted(used & {"FURNITURE", "ROOM"}):
            value = ast.Constant(name.lower())
            tree.body.insert(first, ast.Assign([ast.Name(name, ast.Store())], value))

    return solved.changed_trees(change, REVISIONS)
