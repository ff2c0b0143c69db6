"""A release is a version, a dated changelog, a commit and a tag; it refuses what would be none."""

import os
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = '[project]\nname = "remodel"\nversion = "0.1.0"\n'
NOTES = "### Added\n\n- A lesson on locks."
CHANGELOG = f"# Changelog\n\n## [Unreleased]\n\n{NOTES}\n\n## [0.1.0]\n\n- Seven lessons.\n"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A maintainer"), ("EMAIL", "maintainer@example.org"))
}


def git(repository: Path, *arguments: str) -> str:
    """What a git command prints there."""
    command = ["git", *arguments]
    environment = {**os.environ, **IDENTITY}
    return subprocess.run(
        command, cwd=repository, env=environment, capture_output=True, text=True, check=True
    ).stdout


def release(repository: Path, version: str) -> subprocess.CompletedProcess[str]:
    """`remodel dev release VERSION`, as `make release` runs it."""
    command = [sys.executable, "-c", "from remodel.cli import main; main()", "dev", "release"]
    environment = {**os.environ, **IDENTITY, "REMODEL_COURSE": str(repository)}
    return subprocess.run([*command, version], env=environment, capture_output=True, text=True)


def refusal(repository: Path, version: str) -> str:
    """What it says when it refuses, having changed nothing."""
    before = git(repository, "rev-parse", "HEAD"), git(repository, "status", "--porcelain")
    refused = release(repository, version)
    assert refused.returncode == 2, refused.stdout + refused.stderr
    assert git(repository, "tag") == ""
    assert (
        git(repository, "rev-parse", "HEAD"),
        git(repository, "status", "--porcelain"),
    ) == before
    return refused.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the two files that a release changes, and what makes it a course."""
    for folder in ("lessons", "exercises"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "README.md").touch()
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_release_dates_the_changelog_and_tags_its_commit(repository: Path) -> None:
    """What was unreleased stands under the version, and the tag's message holds it whole."""
    done = release(repository, "0.2.0")
    assert done.returncode == 0, done.stderr
    project = tomllib.loads((repository / "pyproject.toml").read_text())["project"]
    assert project["version"] == "0.2.0"
    today = datetime.now(UTC).date().isoformat()
    released = f"## [Unreleased]\n\n## [0.2.0] - {today}\n\n{NOTES}\n\n## [0.1.0]\n"
    assert (repository / "CHANGELOG.md").read_text() == CHANGELOG.replace(
        f"## [Unreleased]\n\n{NOTES}\n\n## [0.1.0]\n", released
    )
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "rev-parse", "v0.2.0^{commit}") == git(repository, "rev-parse", "HEAD")
    message = git(repository, "tag", "--list", "--format=%(contents)", "v0.2.0")
    assert message.strip() == f"Remodel 0.2.0\n\n{NOTES}"


def test_the_second_release_says_how_to_compare(repository: Path) -> None:
    """With the tags of this repository alone: no host is named that may not exist."""
    assert release(repository, "0.2.0").returncode == 0
    changelog = repository / "CHANGELOG.md"
    text = changelog.read_text().replace("[Unreleased]\n", "[Unreleased]\n\n- A myth.\n", 1)
    changelog.write_text(text)
    git(repository, "commit", "--quiet", "--all", "--message", "A myth")
    assert release(repository, "0.3.0").returncode == 0
    assert "All changes: `git diff v0.2.0 v0.3.0`.\n\n- A myth.\n" in changelog.read_text()
    assert "- A myth." in git(repository, "diff", "v0.2.0", "v0.3.0")


def test_uncommitted_work_is_not_released(repository: Path) -> None:
    """A tag holds what is committed, so the rest would be missing from it."""
    (repository / "new.txt").write_text("")
    assert "not committed" in refusal(repository, "0.2.0")


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("0.1.0", "not newer than 0.1.0"),
        ("0.0.9", "not newer than 0.1.0"),
        ("next", "three numbers"),
        ("v0.2.0", "three numbers"),
        ("0.2", "three numbers"),
        ("00.2.0", "three numbers"),
        ("1!2.0.0", "three numbers"),
        ("0.3.0+local", "three numbers"),
        ("0.3.0.post1", "three numbers"),
        ("0.3.0rc1", "three numbers"),
        ("0.2.0-rc.1", "three numbers"),
    ],
)
def test_a_version_is_newer_and_three_numbers(repository: Path, version: str, reason: str) -> None:
    """MAJOR.MINOR.PATCH alone: pyproject.toml, the tag and the heading agree on how to write it."""
    assert reason in refusal(repository, version)


def test_a_commit_that_a_hook_refuses_changes_nothing(repository: Path) -> None:
    """What the hook prints is shown, and a second try finds nothing that is not committed."""
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho A line is too long.\nexit 1\n")
    hook.chmod(0o755)
    message = refusal(repository, "0.2.0")
    assert "A line is too long." in message
    assert "Nothing was changed." in message
    hook.unlink()
    assert release(repository, "0.2.0").returncode == 0


def test_what_git_says_on_its_output_alone_is_shown(repository: Path) -> None:
    """`git commit` says there what it finds nothing to commit."""
    git(repository, "update-index", "--assume-unchanged", "CHANGELOG.md", "pyproject.toml")
    assert "nothing to commit" in refusal(repository, "0.2.0")
    assert (repository / "CHANGELOG.md").read_text() == CHANGELOG


def test_a_tag_that_fails_takes_its_commit_back(repository: Path) -> None:
    """A release without its tag could not be tried again: its version would be taken."""
    git(repository, "config", "tag.gpgSign", "true")
    git(repository, "config", "gpg.program", "false")
    assert "Nothing was changed." in refusal(repository, "0.2.0")


def test_make_release_without_a_version_says_how_to_name_it(tmp_path: Path) -> None:
    """It says so before it makes an environment or installs anything."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    environment = {name: value for name, value in os.environ.items() if name != "VERSION"}
    command = ["make", "release", "PYTHON=false"]
    refused = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "make release VERSION=x.y.z" in refused.stdout + refused.stderr
    assert "Making" not in refused.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["Makefile"]


def test_an_empty_changelog_is_not_released(repository: Path) -> None:
    """A release that changes nothing for anybody needs no number."""
    changelog = repository / "CHANGELOG.md"
    changelog.write_text(CHANGELOG.replace(NOTES, "### Added"))
    git(repository, "commit", "--quiet", "--all", "--message", "Nothing new")
    assert "nothing to release" in refusal(repository, "0.2.0")


def test_the_files_of_this_repository_can_be_released(repository: Path) -> None:
    """pyproject.toml and CHANGELOG.md have the lines that a release looks for.

    Right after a release there is nothing to release, and that is said.
    """
    for name in ("pyproject.toml", "CHANGELOG.md"):
        (repository / name).write_bytes((ROOT / name).read_bytes())
    git(repository, "commit", "--quiet", "--all", "--message", "The real ones")
    done = release(repository, "99.0.0")
    assert done.returncode == 0 or "nothing to release" in done.stderr, done.stderr
