"""Another checkout of the course, installed in its own .venv, to be measured in the same run."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

#: What of a checkout a grading does not read, or makes for itself.
NOT_COPIED = shutil.ignore_patterns(
    ".venv", ".git", ".*cache", "site", "playground", "notebooks", "docs", "__pycache__"
)


class Checkout:
    """A checkout that was installed with `make dev`; its commands are those of its own day."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def program(self, name: str) -> str:
        """The program of that name in its environment."""
        return str(self.root / ".venv" / "bin" / name)

    @property
    def answers(self) -> set[str]:
        """The shipped answers, as lesson/exercise/kind/name."""
        folder = self.root / "tests" / "answers"
        return {
            path.relative_to(folder).as_posix()
            for kind in ("wrong", "right")
            for path in folder.glob(f"*/*/{kind}/*")
        }

    def seconds_for_all(self, answers: set[str]) -> float:
        """How long it takes to make every check of `answers`, in a copy that has no others."""
        with tempfile.TemporaryDirectory() as folder:
            course = Path(folder) / "course"
            shutil.copytree(self.root, course, ignore=NOT_COPIED)
            for name in self.answers - answers:
                path = course / "tests" / "answers" / name
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            return self._seconds("remodel", "dev", "check", "--jobs", "2", course=course)

    def seconds_for_a_pass(self, slug: str, runner: str) -> float:
        """How long `pytest` takes to grade the solution of `slug` under `runner`."""
        (grader,) = self.root.glob(f"exercises/*/{slug}")
        return self._seconds(
            "pytest", str(grader), "--answers", "solution", "--runner", runner, course=self.root
        )

    def _seconds(self, program: str, *arguments: str, course: Path) -> float:
        """By the clock. How it ends is not looked at: answers of another day may be refused."""
        environment = {**os.environ, "REMODEL_COURSE": str(course)}
        began = time.perf_counter()
        subprocess.run(
            [self.program(program), *arguments],
            cwd=course,
            env=environment,
            check=False,
            capture_output=True,
        )
        return time.perf_counter() - began


def passes_in_turn(ours: Checkout, theirs: Checkout, slug: str) -> tuple[float, float]:
    """The median seconds of three passes under the subprocess runner, ours and theirs by turns."""
    both = [
        [each.seconds_for_a_pass(slug, "subprocess") for each in (ours, theirs)] for _ in range(3)
    ]
    mine, other = zip(*both, strict=True)
    return statistics.median(mine), statistics.median(other)
