"""The arrows of the design, read from the imports: nothing looks up."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
#: Which modules make a room. A new module belongs in one of them: say here in which.
ROOMS = {
    # What others stand on; sees nothing but this room.
    "ground": {
        "errors",
        "exercise",
        "toml_table",
        "catalog",
        "history",
        "schema",
        "differences",
        "sqlite",
        "sqlite_ddl",
        "sqlite_schema",
        "rows",
        "values",
    },
    "runner": {"runner"},
    # From an answer to a verdict.
    "grader": {
        "answer",
        "bytecode",
        "footprint",
        "memory",
        "scratch",
        "workspace",
        "observed",
        "prepared",
        "project",
        "refusal",
        "findings",
        "repair_script",
        "standard_checks",
        "standard",
        "feedback",
        "grading",
        "results",
        "report",
        "pytest_plugin",
        "session",
    },
    # The learner's own folder, and where the learner is.
    "learner": {"own_database", "playground", "progress", "state", "notebook", "drawing"},
    # Drift, snippets, quizzes, the site, and the rules that content keeps.
    "authoring": {
        "content",
        "kill_matrix",
        "published_matrix",
        "processes",
        "variants",
        "mutants",
        "bad_migrations",
        "mutation",
        "python_mutants",
        "python_places",
        "scaffold",
        "stages",
        "sources",
        "quiz",
        "myths",
        "lms",
        "pages",
        "blocks",
        "course_blocks",
        "autogenerate",
        "autogenerate_cases",
        "command_reference",
        "glossary",
        "reference",
        "reference_blocks",
        "transcripts",
        "normalising",
        "flask_shell",
        "site_markup",
        "diagrams",
        "browser",
        "notebook_pages",
        "serving",
        "npm",
        "offline_site",
        "cards",
        "practice_blocks",
    },
    # Servers for those who have none.
    "servers": {"servers"},
    # A house to try claims on, for the tests and for `remodel myth`.
    "experiments": {"experiment", "telling", "live"},
    "cli": {"cli"},
}
#: Which rooms a room may look into, besides itself.
ARROWS = {
    "ground": set(),
    "runner": {"ground"},
    "grader": {"ground", "runner"},
    "learner": {"ground", "runner", "grader"},
    "authoring": {"ground", "runner", "grader"},
    "servers": {"ground"},
    "experiments": {"ground", "runner", "servers"},
    "cli": {"ground", "runner", "grader", "learner", "authoring", "servers", "experiments"},
}
#: These know nothing of the course's folders or of grading.
LOWEST = {
    "errors": set(),
    "history": set(),
    "schema": set(),
    "differences": {"schema"},
    "values": set(),
    "sqlite_ddl": set(),
    "toml_table": {"errors"},
    "exercise": set(),
    "catalog": {"errors", "exercise", "toml_table"},
    "rows": {"schema"},
    "sqlite": set(),
    "sqlite_schema": {"schema", "sqlite", "sqlite_ddl"},
}
FUNCTION_LINES = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
CONTENT = ("lessons", "exercises", "solutions")


@cache
def tree(path: Path) -> ast.Module:
    """The parsed text of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def source_files() -> list[Path]:
    """Every module of the package."""
    return sorted((SRC / "remodel").rglob("*.py"))


def module_of(path: Path) -> str:
    """`runner.worker` for src/remodel/runner/worker.py; a package is called like its folder."""
    parts = path.relative_to(SRC / "remodel").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported(path: Path, nodes: Iterator[ast.AST] | list[ast.stmt]) -> set[str]:
    """The modules of the package that the import statements among `nodes` name."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import from `remodel` on"
            found |= {_target(node.module or "", alias.name) for alias in node.names}
    return {name.removeprefix("remodel.") for name in found if name.startswith("remodel.")}


def _target(module: str, name: str) -> str:
    """`from a import b` means a.b where that is a module, and a otherwise."""
    inner = SRC.joinpath(*module.split("."), name)
    is_module = inner.with_suffix(".py").exists() or inner.is_dir()
    return f"{module}.{name}" if is_module else module


def arrows() -> dict[str, set[str]]:
    """Each module with all that it imports, inside functions and for type checkers too."""
    return {module_of(path): imported(path, ast.walk(tree(path))) for path in source_files()}


def room_of(module: str) -> str:
    """The room of a module; a module without a room is a mistake of whoever added it."""
    top = module.split(".")[0]
    rooms = [room for room, modules in ROOMS.items() if top in modules]
    assert len(rooms) == 1, f"src/remodel/{top} is in no room: say in ROOMS which one it is in"
    return rooms[0]


def tracked() -> list[Path]:
    """Every file that git holds or would take in."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listed.decode().split("\0") if name]
    return [ROOT / name for name in sorted(set(names)) if (ROOT / name).is_file()]


# -- which way modules look --------------------------------------------------------------------


@pytest.mark.parametrize("module", sorted({name.split(".")[0] for name in arrows()} - {""}))
def test_every_module_is_in_a_room(module: str) -> None:
    """Whoever adds a module says which room it is in."""
    assert room_of(module) in ARROWS


def test_no_room_looks_up() -> None:
    """A module imports only from its own room and from those that the design puts below it."""
    wrong = [
        f"{module} ({room_of(module)}) imports {seen} ({room_of(seen)})"
        for module, all_seen in arrows().items()
        if module
        for seen in sorted(all_seen)
        if room_of(seen) not in {room_of(module), *ARROWS[room_of(module)]}
    ]
    assert wrong == []


@pytest.mark.parametrize("module", LOWEST)
def test_the_lowest_modules_see_nobody_above(module: str) -> None:
    """errors, history, schema and their like know nothing of the rest."""
    assert arrows()[module] <= LOWEST[module]


def test_only_the_command_imports_the_command() -> None:
    """Nothing in src/ imports from cli, except cli."""
    looks_up = {
        module
        for module, seen in arrows().items()
        if not module.startswith("cli") and any(each.split(".")[0] == "cli" for each in seen)
    }
    assert looks_up == set()


def test_the_runner_holds_nothing_of_the_grader() -> None:
    """A process that runs a learner's code has no seed, solution or reference to find."""
    seen = {
        module: {each for each in all_seen if each.split(".")[0] != "runner"}
        for module, all_seen in arrows().items()
        if module.split(".")[0] == "runner"
    }
    assert {module: each - {"errors"} for module, each in seen.items() if each - {"errors"}} == {}
    assert {module for module, each in seen.items() if each} <= {"runner"}


def test_a_process_for_learner_code_has_loaded_no_grader() -> None:
    """What the warm parent and its workers really load of ours is the runner alone."""
    module = "zygote" if sys.platform == "linux" else "worker"
    code = (
        f"import remodel.runner.{module}, sys; print(*(m for m in sys.modules if 'remodel' in m))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {each.removeprefix("remodel.") for each in done.stdout.split()}
    assert {each for each in loaded if not each.startswith("runner")} <= {"remodel", "errors"}


def test_no_import_goes_round_in_a_circle() -> None:
    """The imports at the top of the modules make no circle, so any can be imported first."""
    waiting = {
        module_of(path): imported(path, tree(path).body) - {module_of(path)}
        for path in source_files()
        if module_of(path).split(".")[0] != "runner"  # its __init__ names its own parts
    }
    while ready := [m for m, seen in waiting.items() if not seen & waiting.keys()]:
        for module in ready:
            del waiting[module]
    assert waiting == {}


@pytest.mark.parametrize("folder", CONTENT)
def test_content_is_data(folder: str) -> None:
    """Lessons, exercises and solutions import nothing from src/: graders use the fixture alone."""
    files = [path for path in tracked() if path.is_relative_to(ROOT / folder)]
    python = [path for path in files if path.suffix == ".py"]
    assert python, f"{folder}/ holds no Python"
    found = [
        str(path.relative_to(ROOT))
        for path in python
        if re.search(r"^\s*(from|import)\s+remodel\b", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert found == []


# -- how modules are made ----------------------------------------------------------------------


def test_every_module_has_a_telling_name() -> None:
    """No module is called utils, helpers, common or manager: a name says what is inside."""
    python = [path for path in tracked() if path.suffix == ".py"]
    called = {path: {path.stem, path.parent.name} & EMPTY_NAMES for path in python}
    assert [str(path) for path, names in called.items() if names] == []


def test_no_function_is_too_long() -> None:
    """A function has 40 lines at most."""
    found = [
        f"{module_of(path)}.{node.name}"
        for path in source_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert found == []


# -- what no file may say ----------------------------------------------------------------------

# Written in pieces, so that this file does not find itself.
DEVELOPERS_PATH = re.compile(
    r"(?<![\w./~-])/(?:wo" r"rk|ro" r"ot)/\w|/(?:ho" r"me|Us" r"ers)/[a-z]|[A-Z]:\\Us" r"ers\\",
)
REGISTRY = re.compile(
    "|".join(
        ("pypi" r"\.org", "python" r"hosted\.org", "npm" r"js\.(?:org|com)", "ana" r"conda\.org")
    )
)
LOCKS = re.compile(
    r"(?:^|[-.])lock(?:file)?$|(?:^|[-.])lock\.(?:json|ya?ml|toml|txt)$", re.IGNORECASE
)


def texts() -> Iterator[tuple[str, str]]:
    """Every tracked text file with its content."""
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT).as_posix(), content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("pattern", [DEVELOPERS_PATH, REGISTRY], ids=["a path", "a registry"])
def test_no_file_names_somebodys_machine(pattern: re.Pattern[str]) -> None:
    """No file holds a path of a developer's machine, or the host of a package registry."""
    found = [f"{name}: {match[0]}" for name, text in texts() for match in pattern.finditer(text)]
    assert found == []


def test_there_is_no_lock_file() -> None:
    """constraints.txt says the versions for every installer; a lock file would say them twice."""
    assert [path.name for path in tracked() if LOCKS.search(path.name)] == []
