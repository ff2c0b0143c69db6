"""What import-linter cannot say of the architecture: see [tool.importlinter] in pyproject.toml."""

import ast
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from remodel.course.catalog import find_course

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
FUNCTION_LINES = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
CONTENT = ("lessons", "exercises", "solutions")


def tracked() -> list[Path]:
    """Every file that git holds or would take in."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listed.decode().split("\0") if name]
    return [ROOT / name for name in sorted(set(names)) if (ROOT / name).is_file()]


# -- which way rooms look ----------------------------------------------------------------------


def test_no_room_looks_up() -> None:
    """The contracts of pyproject.toml hold: every module is in a room, and arrows go one way."""
    lint = Path(sysconfig.get_path("scripts")) / "lint-imports"
    run = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_map_names_every_room_on_its_floor() -> None:
    """docs/architecture.md and its drawing say what import-linter holds."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (layers,) = [each["layers"] for each in contracts["contracts"] if each["type"] == "layers"]
    drawn = (ROOT / "docs" / "diagrams" / "rooms.mmd").read_text("utf-8")
    floors = re.findall(r'\((?:"`?)?([a-z |\n]+?)(?:`?")?\)', drawn)
    assert [set(re.findall(r"\w+", floor)) for floor in floors] == [
        set(re.findall(r"\w+", layer)) for layer in layers
    ]
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    explained = set(re.findall(r"^- \*\*(\w+)\*\* |`(\w+)`", text, re.MULTILINE))
    named = {name for pair in explained for name in pair}
    assert named >= {room for layer in layers for room in re.findall(r"\w+", layer)}


def test_a_process_for_learner_code_has_loaded_no_grader() -> None:
    """What the warm parent and its workers really load of ours is the runner alone."""
    module = "zygote" if sys.platform == "linux" else "worker"
    code = (
        f"import remodel.runner.{module}, sys; print(*(m for m in sys.modules if 'remodel' in m))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {each.removeprefix("remodel.") for each in done.stdout.split()}
    assert {each for each in loaded if not each.startswith("runner")} <= {"remodel", "errors"}


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
        f"{path.relative_to(SRC)}: {node.name}"
        for path in sorted(SRC.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert found == []


#: Words that name nothing, since they fit everything; and words of another century.
VAGUE = {"told", "said", "mend", "anew", "spelt", "lately", "spoilt"}


def names_in(tree: ast.AST) -> Iterator[str]:
    """Every name that the code of a module gives or uses."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def vague_names(text: str) -> set[str]:
    """The names in the source `text` that hold one of the VAGUE words."""
    return {name for name in names_in(ast.parse(text)) if VAGUE & set(name.lower().split("_"))}


def test_a_name_says_what_it_names() -> None:
    """No identifier in src/ is `told` or `said`, or holds a word that few readers know."""
    assert vague_names("def word(told): _said.mend = ANEW_X") == {"told", "_said", "mend", "ANEW_X"}
    found = {
        path.relative_to(SRC).as_posix(): names
        for path in sorted(SRC.rglob("*.py"))
        if (names := vague_names(path.read_text("utf-8")))
    }
    assert found == {}


def test_no_class_name_means_two_things() -> None:
    """Whoever reads the name of a class knows which one it is, whatever the room."""
    places: dict[str, list[str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(path.relative_to(SRC).as_posix())
    assert len(places) > 50
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


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
    named = [path for path in tracked() if LOCKS.search(path.name)]
    # The name of an exercise may be about the locks of a database.
    assert [path.name for path in named if path.stem not in find_course().exercises] == []


def test_no_exercise_has_settings_of_pytest() -> None:
    """Those of exercises/pytest.ini hold for all: with others a grader does not even begin."""
    names = ("pytest.ini", ".pytest.ini", "tox.ini", "setup.cfg", "pyproject.toml", "conftest.py")
    folders = [exercise.path for exercise in find_course().exercises.values()]
    assert [each / name for each in folders for name in names if (each / name).exists()] == []


def test_who_grades_loads_no_framework() -> None:
    """A verdict waits for what is imported: frameworks are for processes that run an app."""
    modules = "remodel.grading.run, remodel.grading.session, remodel.grading.standard"
    heavy = "{'alembic', 'flask', 'jinja2', 'sqlalchemy', 'werkzeug'}"
    code = f"import sys, {modules}; print(*sorted({heavy} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
