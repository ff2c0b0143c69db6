"""Answers that do their work where they believe themselves graded, and lose rows elsewhere.

Each looks at another thing by which a learner's own machine differs from a grader. All are refused.
"""

import shutil
import sys
from contextlib import closing
from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.grading.run import grade
from remodel.grading.session import FIRST_REFUSAL, Grading
from tests.grading.test_hostile_hand_ins import upgrading

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what they look at is Linux's")
#: What each looks at, and what Python says of that at home.
AT_HOME = {
    "who leads the session": "os.getsid(0) != os.getpid()",
    "which session has a terminal": "int(stat[4]) != 0",
    "when the session began": "os.getppid() == int(stat[3])",
    "a terminal": "os.isatty(0)",
    "how wide the terminal is": "os.isatty(0) and os.get_terminal_size(0).columns >= 0",
    "where input comes from": "os.readlink('/proc/self/fd/0') != '/dev/null'",
    "a variable of a shell": "'SHLVL' in os.environ",
    "what kind of terminal it is": "'TERM' in os.environ",
    "where the environment is": "sys.executable.startswith(os.environ.get('VIRTUAL_ENV', '?'))",
    "the mark of a playground": "os.path.exists('.remodel.json')",
    "the exercise's page": "os.path.exists('README.md')",
    "the age of a file": "time.time() - os.stat('migrations/env.py').st_mtime > 600",
    "the folder of the database": "os.path.basename(os.path.dirname(database)) != 'data'",
    "the name of the database": "os.path.basename(database) == 'hearth.db'",
    "the app's instance folder": "os.path.isdir('instance')",
    "the words that started Python": "'-m' not in sys.orig_argv",
    "the main module": "sys.modules['__main__'].__file__.endswith('flask')",
    "which modules are there": "'remodel.runner' not in sys.modules",
    "how deep the calls are": "not any('zygote' in f.filename for f in inspect.stack())",
    "a folder of memory": "not os.getcwd().startswith('/dev/shm/remodel-')",
    "what started it": "b'sh' in open(f'/proc/{os.getppid()}/cmdline', 'rb').read()[:12]",
    "how large a core may be": "resource.getrlimit(resource.RLIMIT_CORE)[1] != 0",
    "how large a file may be": "resource.getrlimit(resource.RLIMIT_FSIZE)[1] == -1",
    "flags of Python": "not sys.flags.isolated",
    "whether bytecode is written": "not sys.dont_write_bytecode",
    "what the garbage collector keeps for ever": "gc.get_freeze_count() == 0",
    "what orphans come to": "libc.prctl(37, ctypes.byref(it), 0, 0, 0) or not it.value",
    "who is told of a child's end": "'remodel' not in sys.modules and signal.set_wakeup_fd(-1) < 0",
    "the counter of changes": "int.from_bytes(open(database, 'rb').read(28)[24:]) > 500",
    "the counter of schema changes": "ask('PRAGMA schema_version') > 500",
    "free pages": "ask('PRAGMA freelist_count') > 0",
    "how many rows there are": "0 < ask('SELECT count(*) FROM furniture') < 21",
}
CODE = """
import ctypes, gc, inspect, resource, time
stat = open('/proc/self/stat').read().rpartition(')')[2].split()
it, libc = ctypes.c_int(), ctypes.CDLL(None)
ask = lambda sql: op.get_bind().exec_driver_sql(sql).scalar()
if {}:
    op.execute('DELETE FROM furniture WHERE id % 2 = 0')
"""
#: Where the newest revision of an exercise lies.
REVISIONS = {
    "add-a-column": "migrations/versions/0002_furniture_has_a_colour.py",
    "rename-a-column": "migrations/versions/0009_furniture_has_a_label.py",
}


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("slug", REVISIONS)
def test_who_behaves_where_it_is_graded_alone_is_refused(slug: str, tmp_path: Path) -> None:
    """By a check of rows, or where the same is typed in a playground."""
    catalog = find_course()
    exercise = catalog.exercise(slug)
    named = {what: tmp_path / str(number) for number, what in enumerate(AT_HOME)}
    for what, folder in named.items():
        shutil.copytree(exercise.solution_path, folder)
        (folder / "README.md").unlink()
        upgrading(CODE.format(AT_HOME[what]))(folder, folder / REVISIONS[slug])
    answers = [str(folder) for folder in named.values()]
    with closing(Grading.of(catalog, answers, [1], policy=FIRST_REFUSAL)) as grading:
        verdicts = grade(grading, [exercise])
    passed = [w for w, v in zip(named, verdicts, strict=True) if v.status != "fail"]
    assert passed == []
    broken = [v.failures[0].message for v in verdicts if "Error" in str(v.failures[0].message)]
    assert broken == []  # refused for what it did, and not for a slip of its own
