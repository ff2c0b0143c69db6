"""What a revision can see of where it runs: the less differs from a playground, the better.

Whoever is graded otherwise than he works at home writes answers that are right here alone.
"""

import json
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any

from remodel.course.catalog import find_course
from remodel.grading.run import grade
from remodel.grading.session import Grading
from tests.conftest import Remodel

REVISION = "migrations/versions/0002_furniture_has_a_colour.py"
#: What differs where a revision is graded, each with its reason.
DIFFERENCES = {
    "folder": "each command has a new one, so that nothing is found that an earlier one left",
    "database": "its name is drawn anew, so that no answer can know it",
    "environment": "it holds no more than a command needs: an answer cannot lean on a shell's",
    "parents": "a process that has everything imported is forked for each command",
    "modules": "that process has imported what the commands need, and what looks at them",
    "flags": "that process is isolated from this user's own Python settings",
}
#: Put into upgrade(): notes down what it sees in the file of that name.
PROBE = """
import json, os, sys, time

def parents():
    number = os.getppid()
    while number > 1:
        with open(f"/proc/{number}/cmdline", "rb") as file:
            yield file.read().replace(b"\\0", b" ").decode()
        with open(f"/proc/{number}/status") as file:
            number = int(next(line for line in file if line.startswith("PPid")).split()[1])

def started():
    with open("/proc/self/stat") as file, open("/proc/uptime") as uptime:
        ticks = int(file.read().rpartition(")")[2].split()[19])
        return float(uptime.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")

OWN = (sys.prefix, os.getcwd())
place = op.get_bind().engine.url.database
seen = {
    "folder": os.getcwd(),
    "files": sorted(each for each in os.listdir() if each not in FOUND_AT_HOME),
    "database": os.path.relpath(place),
    "url": op.get_bind().engine.url.drivername,
    "environment": sorted(os.environ),
    "program": sys.argv[0],
    "words": sys.argv[1:],
    "parents": list(parents()),
    "modules": sorted({name.partition(".")[0] for name in sys.modules}),
    "is young": started() < 60,
    "path": [each for each in sys.path if each and not each.startswith(OWN)],
    "user": os.getuid(),
    "umask": os.umask(0o022),
    "terminal": [os.isatty(number) for number in range(3)],
    "encoding": [sys.stdout.encoding, sys.getfilesystemencoding()],
    "flags": [sys.flags.isolated, sys.flags.optimize, sys.flags.dev_mode],
    "thread": __import__("threading").current_thread().name,
    "recursion": sys.getrecursionlimit(),
}
with open(NOTES, "w") as file:
    json.dump(seen, file)
"""


def with_probe(revision: str, notes: Path) -> str:
    """The text of a revision that notes down what it sees when it is applied."""
    words = f"NOTES = {str(notes)!r}\nFOUND_AT_HOME = {AT_HOME!r}\n"
    body = textwrap.indent(words + PROBE, "    ")
    return revision.replace("def upgrade():\n", f"def upgrade():\n{body}\n", 1)


#: What `remodel start` lays beside the app, and what commands leave: nothing that is handed in.
AT_HOME = (
    *("README.md", "instance", ".remodel", ".remodel.json", "__pycache__", "test_exercise.py"),
)


def test_a_revision_can_tell_by_few_things_that_it_is_graded(
    learner: Remodel, tmp_path: Path
) -> None:
    """Each of them has its reason, and nothing else differs."""
    learner.solve()
    file = learner.begun / REVISION
    own = file.read_text(encoding="utf-8")
    file.write_text(with_probe(own, tmp_path / "typed"), encoding="utf-8")
    typed = learner.run("flask", "db", "upgrade", "head", cwd=learner.begun)
    assert typed.returncode == 0, typed.stderr
    file.write_text(with_probe(own, tmp_path / "graded"), encoding="utf-8")
    catalog = find_course()
    with closing(Grading.of(catalog, [str(learner.begun)], [1])) as grading:
        grade(grading, [catalog.exercise("add-a-column")])
    at_home, here = (read(tmp_path / each) for each in ("typed", "graded"))
    differing = {what for what in at_home if at_home[what] != here[what]}
    assert differing == set(DIFFERENCES), {w: (at_home[w], here[w]) for w in differing}
    assert len(DIFFERENCES) <= 6


def read(notes: Path) -> dict[str, Any]:
    """What was noted down."""
    seen: dict[str, Any] = json.loads(notes.read_text(encoding="utf-8"))
    return seen
