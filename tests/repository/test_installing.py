"""It installs wherever README.md says that it does, and again after what people do to folders."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = ("linux", "macos", "windows")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A clone whose environment is as `make install` leaves it; nothing is downloaded for it."""
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, clone)
    venv = clone / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (venv / ".python").write_text(str(venv))
    (venv / ".installed").touch()
    return clone


def plan(clone: Path) -> str:
    """What `make install` would do there."""
    done = subprocess.run(["make", "-n", "install"], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_whole_environment_is_left_alone(installed: Path) -> None:
    """The second `make learn` installs nothing."""
    assert "-m venv" not in plan(installed)


def test_an_environment_that_was_moved_is_made_again(installed: Path) -> None:
    """Its scripts begin with the path of a Python that is no longer there."""
    moved = installed.rename(installed.parent / "moved")
    assert "-m venv" in plan(moved)
    assert "pip" in plan(moved)


def test_an_environment_whose_interpreter_is_gone_is_made_again(installed: Path) -> None:
    """As after an upgrade of the system's Python."""
    for python in (installed / ".venv" / "bin").glob("python*"):
        python.unlink()
    assert "-m venv" in plan(installed)


def test_the_gate_chooses_the_oldest_supported_python(tmp_path: Path) -> None:
    """Not the one that comes first on PATH, and not one that is too old."""
    for name, version in (("python3", "99.0.0"), ("python3.11", "3.11.0"), ("python3.12", "")):
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\necho {version}\n")
        script.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    run = subprocess.run(
        [str(ROOT / ".ci" / "oldest-python")],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"{tmp_path}/python3.11\n"


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("version", ["3.11.0", "3.14"])
def test_the_constraints_hold_for_the_oldest_and_the_newest_python(
    version: str, system: str
) -> None:
    """Resolved against the package index, as a newcomer's installation is."""
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    options = ["--python-version", version, "--python-platform", system, "--only-binary", ":all:"]
    source = ["--no-header", "--constraints", "constraints.txt", "--all-extras", "pyproject.toml"]
    command = [str(uv), "pip", "compile", "--quiet", *options, *source]
    resolved = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert resolved.returncode == 0, resolved.stderr
    assert "flask-migrate==4.1.0" in resolved.stdout
