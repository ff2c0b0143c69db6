"""Makes a release: the version in pyproject.toml, the changelog's heading, a commit and a tag."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from remodel.errors import RemodelError

UNRELEASED = "## [Unreleased]\n"
_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)
#: As Semantic Versioning counts; a release for trial, which it also knows, is none that we make.
_THREE_NUMBERS = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


def release(root: Path, version: str) -> str:
    """Commit and tag `version` in the repository at `root`; returns the tag's name.

    Puts everything back where a step fails, and pushes nothing.
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
    with _all_or_nothing(root, changelog, pyproject):
        _write(changelog, text.replace(UNRELEASED, UNRELEASED + heading, 1), root)
        _write(pyproject, _VERSION.sub(f'version = "{version}"', _read(pyproject), count=1), root)
        _git(root, "commit", "--quiet", "--message", f"Release {version}")
        # "verbatim": a line of the notes that begins with # is a heading here, and no comment.
        message = f"Remodel {version}\n\n{notes}\n"
        _git(root, "tag", "--annotate", "--cleanup=verbatim", "--message", message, tag)
    return tag


@contextmanager
def _all_or_nothing(root: Path, *files: Path) -> Iterator[None]:
    """Put `files`, the index and the branch back where a step fails: a second try begins clean."""
    head, contents = _git(root, "rev-parse", "HEAD").strip(), [file.read_bytes() for file in files]
    try:
        yield
    except BaseException as error:
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        # Only a tag that failed leaves a commit behind; everything else was clean before.
        outcome = "Nothing was changed."
        try:
            _git(root, "reset", "--quiet", head)
        except RemodelError as not_reset:
            outcome = f"The files are as they were, but {not_reset}"
        if isinstance(error, RemodelError):
            raise RemodelError(f"{error}\n{outcome}") from error
        raise


def _current(text: str) -> str:
    versions = _VERSION.findall(text)
    if len(versions) != 1:
        raise RemodelError('pyproject.toml needs one line `version = "…"`.')
    return str(versions[0])


def _refuse_unless_newer(version: str, current: str) -> None:
    wanted, newest = _numbers(version), _numbers(current)
    if wanted <= newest:
        raise RemodelError(f"{version} is not newer than {current}, the version so far.")


def _numbers(version: str) -> tuple[int, ...]:
    numbers = _THREE_NUMBERS.fullmatch(version)
    if not numbers:
        raise RemodelError(
            f"{version} is not a version of Remodel. Write three numbers and nothing else, "
            "MAJOR.MINOR.PATCH: 1.2.3."
        )
    return tuple(int(number) for number in numbers.groups())


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
        reason = run.stderr.strip() or run.stdout.strip()
        raise RemodelError(f"git {arguments[0]} failed: {reason}")
    return run.stdout
