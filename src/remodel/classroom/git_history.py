"""What a repository held at a date: it is somebody else's, so none of its settings count."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from remodel.classroom.file_trees import FileTree, Unreadable, in_zip
from remodel.scratch import scratch

#: The seconds that one git command may take.
_LIMIT = 60


def is_repository(folder: Path) -> bool:
    """Whether `folder` is the root of a git repository with files in it."""
    return (folder / ".git").is_dir()


def as_of(folder: Path, due: datetime | None) -> tuple[FileTree, datetime | None]:
    """The files of the last commit before `due`, or else of the last one, and its date.

    Raises Unreadable where there is none.
    """
    with scratch() as place:
        # A clone has our settings: those of the repository could name programs to run.
        _git("clone", "--quiet", "--bare", "--no-local", str(folder.resolve()), "copy", at=place)
        copy = place / "copy"
        commit = (
            _git("rev-list", "-1", f"--before={due.isoformat()}", "HEAD", at=copy) if due else ""
        )
        commit = commit or _git("rev-parse", "HEAD", at=copy)
        when = datetime.fromisoformat(_git("show", "-s", "--format=%cI", commit, at=copy))
        _git("archive", "--format=zip", "--output=../tree.zip", commit, at=copy)
        return in_zip((place / "tree.zip").read_bytes()), when


def _git(*words: str, at: Path) -> str:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    env["GIT_TERMINAL_PROMPT"] = "0"
    try:
        done = subprocess.run(
            ["git", *words], cwd=at, env=env, capture_output=True, text=True, timeout=_LIMIT
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreadable(f"git could not read it ({error}).") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Unreadable(f"git could not read it: {lines[-1] if lines else 'it says nothing'}")
    return done.stdout.strip()
