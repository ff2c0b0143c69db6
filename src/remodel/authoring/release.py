"""Makes a release: the version in pyproject.toml, the changelog's heading, a commit and a tag."""

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import InvalidVersion, Version

from remodel.errors import RemodelError

UNRELEASED = "## [Unreleased]\n"
_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)


def release(root: Path, version: str) -> str:
    """Commit and tag `version` in the repository at `root`; returns the tag's name.

    Refuses before it writes anything, and pushes nothing.
    """
    pyproject, changelog = root / "pyproject.toml", root / "CHANGELOG.md"
    current = _current(pyproject.read_text(encoding="utf-8"))
    _refuse_unless_newer(version, current)
    if _git(root, "status", "--porcelain"):
        raise RemodelError("There are changes that are not committed. Commit or stash them first.")
    tag, before = f"v{version}", f"v{current}"
    tags = _git(root, "tag", "--list").split()
    if tag in tags:
        raise RemodelError(f"There is a tag {tag} already.")
    text = changelog.read_text(encoding="utf-8")
    notes = _unreleased(text)
    heading = f"\n## [{version}] - {datetime.now(UTC).date().isoformat()}\n"
    if before in tags:
        heading += f"\nAll changes: `git diff {before} {tag}`.\n"
    _write(changelog, text.replace(UNRELEASED, UNRELEASED + heading, 1), root)
    _write(pyproject, _VERSION.sub(f'version = "{version}"', _read(pyproject), count=1), root)
    _git(root, "commit", "--quiet", "--message", f"Release {version}")
    # "verbatim": a line of the notes that begins with # is a heading here, and no comment.
    message = f"Remodel {version}\n\n{notes}\n"
    _git(root, "tag", "--annotate", "--cleanup=verbatim", "--message", message, tag)
    return tag


def _current(text: str) -> str:
    versions = _VERSION.findall(text)
    if len(versions) != 1:
        raise RemodelError('pyproject.toml needs one line `version = "…"`.')
    return str(versions[0])


def _refuse_unless_newer(version: str, current: str) -> None:
    try:
        wanted = Version(version)
    except InvalidVersion:
        raise RemodelError(f"{version} is not a version. Write three numbers: 1.2.3.") from None
    if str(wanted) != version:
        raise RemodelError(f"Write {version} as {wanted}, which means the same.")
    if wanted <= Version(current):
        raise RemodelError(f"{version} is not newer than {current}, the version so far.")


def _unreleased(changelog: str) -> str:
    """What stands under [Unreleased]; refuses a changelog that says nothing there."""
    _, heading, after = changelog.partition(UNRELEASED)
    notes = after.split("\n## [", 1)[0].strip()
    if not heading or not re.search(r"^- ", notes, re.MULTILINE):
        raise RemodelError("CHANGELOG.md says nothing under [Unreleased]: nothing to release.")
    return notes


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _write(file: Path, text: str, root: Path) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
    _git(root, "add", file.name)


def _git(root: Path, *arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True)
    if run.returncode:
        raise RemodelError(f"git {arguments[0]} failed: {run.stderr.strip()}")
    return run.stdout
