"""One terminal, from the first lesson to the last: a shell that keeps its folder and its names."""

import contextlib
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from remodel.errors import CourseError
from remodel.site.walk.blocks import Typed


@dataclass(frozen=True)
class Appeared:
    """What appeared after a command, and the exit code with which it ended."""

    text: str
    code: int


class Terminal:
    """A bash whose commands are given one by one; both streams arrive in one, in their order."""

    def __init__(self, folder: Path, environment: Mapping[str, str], patience: float = 120) -> None:
        """Open it in `folder`; each command may take `patience` seconds."""
        self._patience = patience
        self._shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        """The terminal, which closes at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the shell, and what it still runs."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._shell.pid, 9)
        self._shell.communicate()

    def answer(self, typed: Typed) -> Appeared:
        """What appears after a command, its program having been given its lines.

        Raises CourseError where the command does not end.
        """
        end = f"remodel-{secrets.token_hex(8)}"
        given = f"<<'{end}'\n" + "".join(f"{line}\n" for line in typed.lines) + end
        assert self._shell.stdin and self._shell.stdout
        self._shell.stdin.write(f"{{ {typed.command}\n}} {given}\nprintf '%s %s\\n' '{end}' $?\n")
        self._shell.stdin.flush()
        slow = threading.Timer(self._patience, lambda: os.killpg(self._shell.pid, 9))
        slow.start()
        appeared: list[str] = []
        for line in self._shell.stdout:
            last, is_end, code = line.partition(end)
            if is_end:
                slow.cancel()
                return Appeared("".join([*appeared, last]), int(code))
            appeared.append(line)
        slow.cancel()
        raise CourseError(f"{typed.command!r} did not end:\n{''.join(appeared)[-500:]}")


def environment(home: Path, **more: str) -> dict[str, str]:
    """A learner's: the programs of this environment, a home that is `home`, and nothing else."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    # The nightly has a newer SQLite stand before the system's.
    libraries = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {
        **libraries,
        "HOME": str(home),
        "PATH": path,
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        # A cached module would hide an edit of the same second.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": "100",
        **more,
    }
