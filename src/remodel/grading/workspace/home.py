"""A folder and an environment as a learner has them: what an answer does there, it should do here.

It lies among the playgrounds, with the page, the mark and the databases of one.
"""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from remodel.course import playground_mark
from remodel.course.exercise import Exercise
from remodel.course.layout import PAGE, Layout, database_file
from remodel.grading.answer import Answer
from remodel.scratch import lay_out, scratch

#: How long ago a playground was laid out, in seconds: a year and more.
AGE = 400 * 24 * 60 * 60


@contextlib.contextmanager
def laid_out(answer: Answer, databases: Mapping[str, bytes]) -> Iterator[Path]:
    """`answer` as a playground, which is gone afterwards."""
    exercise = answer.exercise
    with _place(exercise) as place:
        folder = place / exercise.slug
        lay_out(answer.files, folder)
        lay_out({PAGE: exercise.page.read_bytes()}, folder)
        playground_mark.write(folder, playground_mark.mark_of(exercise))
        for bind, content in databases.items():
            path = database_file(folder, bind)
            path.parent.mkdir(exist_ok=True)
            if content:
                path.write_bytes(content)
        _look_old(folder)
        yield folder


def _look_old(folder: Path) -> None:
    """Give `folder` and all in it the time of somebody who began long ago."""
    then = time.time() - AGE
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (then, then))


@contextlib.contextmanager
def _place(exercise: Exercise) -> Iterator[Path]:
    """A folder among the playgrounds, or where that cannot be, in any place; no name says whose."""
    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(scratch(Layout.around(exercise.path).playground))
        except OSError:
            place = stack.enter_context(scratch(Path(tempfile.gettempdir())))
        yield place


def environment(folder: Path) -> dict[str, str]:
    """What a shell gives to a command that is typed in `folder`, the values made up."""
    programs = Path(sys.executable).parent
    user, home = "learner", folder.parent
    return {
        "PATH": os.pathsep.join([str(programs), os.environ.get("PATH", "")]),
        "VIRTUAL_ENV": str(programs.parent),
        "HOME": str(home),
        "PWD": str(folder),
        "OLDPWD": str(home),
        "USER": user,
        "LOGNAME": user,
        "SHELL": "/bin/bash",
        "TERM": "xterm-256color",
        "SHLVL": "1",
        "LANG": "C.UTF-8",
        "TMPDIR": str(home),
    }
