"""What lesson 7 shows of a pipeline and a container is run here, as far as one machine can."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from remodel.course.catalog import find_course
from remodel.course.edits import replace_in_file
from remodel.scratch import lay_out

COURSE = find_course()
LESSON = COURSE.lessons["07-deployment-pipelines"]
DEPLOY = LESSON.path / "deploy"
WORKFLOW = yaml.safe_load((DEPLOY / "migrations.yml").read_text(encoding="utf-8"))
STEPS = WORKFLOW["jobs"]["migrations"]["steps"]
RUN = {step["name"]: step["run"] for step in STEPS if "run" in step and "pip" not in step["run"]}
BASELINE = "migrations/versions/0001_baseline.py"
FLOOR = "    floor: Mapped[int | None]\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pipeline and a container: bash")


def environment() -> dict[str, str]:
    """That of a clean machine on which the requirements are installed."""
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
    return {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"}


def git(app: Path, *words: str) -> None:
    """One git command by somebody without a configuration."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=app, env=environment(), check=True)


def merge(app: Path) -> None:
    """Make what is committed the new main."""
    git(app, "update-ref", "refs/remotes/origin/main", "HEAD")


@pytest.fixture
def change(tmp_path: Path) -> Path:
    """A checkout of a proposed change that is equal to main, with the whole history."""
    lay_out(LESSON.app_files(), tmp_path)
    (tmp_path / ".gitignore").write_text("instance/\nrefused.txt\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "main")
    merge(tmp_path)
    return tmp_path


def pipeline(app: Path) -> dict[str, bool]:
    """Commit what was changed, run the workflow's commands, and tell which of them passed."""
    git(app, "add", ".")
    git(app, "commit", "-q", "--allow-empty", "-m", "a change")
    shutil.rmtree(app / "instance", ignore_errors=True)  # a runner begins without databases
    passed = {}
    for name, line in RUN.items():
        # GitHub runs a step with these words, and ends the job at the first that fails.
        done = subprocess.run(["bash", "-e", "-c", line], cwd=app, env=environment(), check=False)
        passed[name] = done.returncode == 0
        if not passed[name]:
            break
    return passed


def copy_of_0015(app: Path, revision: str, below: str) -> None:
    """One more revision that does nothing."""
    text = (
        "def upgrade(engine_name):\n    pass\n\n\ndef downgrade(engine_name):\n    pass\n\n\n"
        f"revision, down_revision = {revision!r}, {below!r}\nbranch_labels = depends_on = None\n"
    )
    (app / f"migrations/versions/{revision}_more.py").write_text(text, encoding="utf-8")


def test_the_pipeline_is_green_on_the_lesson_as_it_is(change: Path) -> None:
    """All five commands pass, and a new revision may be added."""
    copy_of_0015(change, "0016", "0015")
    assert pipeline(change) == dict.fromkeys(RUN, True)
    assert len(RUN) == 5


def test_two_heads_turn_the_pipeline_red(change: Path) -> None:
    """Two revisions on one are found by the first command."""
    copy_of_0015(change, "0016", "0015")
    copy_of_0015(change, "lamps", "0015")
    assert pipeline(change) == {"The history has one head": False}


@pytest.mark.parametrize("how", ["edited", "deleted"])
def test_an_edited_history_turns_the_pipeline_red(change: Path, how: str) -> None:
    """A revision of main that was edited, or that is gone, is found by the second command."""
    file = change / (BASELINE if how == "edited" else "migrations/versions/0015_a_release_log.py")
    if how == "edited":
        file.write_text(file.read_text(encoding="utf-8") + "# tidier\n", encoding="utf-8")
    else:
        file.unlink()
    assert list(pipeline(change).items())[-1] == ("No revision of main is edited or deleted", False)


def test_a_missing_revision_turns_the_pipeline_red(change: Path) -> None:
    """A model without its revision is found by `flask db check`."""
    models = change / "hearth" / "models.py"
    text = models.read_text(encoding="utf-8")
    assert FLOOR in text
    models.write_text(text.replace(FLOOR, f"{FLOOR}{FLOOR.replace('floor', 'ceiling')}"), "utf-8")
    assert list(pipeline(change).items())[-1] == ("Models and database agree", False)


def test_two_green_changes_turn_main_red_together(change: Path) -> None:
    """Each of two changes is green on main as it was; what they make together is not."""
    git(change, "switch", "-q", "-c", "lamps")
    copy_of_0015(change, "lamps", "0015")
    assert pipeline(change) == dict.fromkeys(RUN, True)
    git(change, "switch", "-q", "-c", "photos", "origin/main")
    copy_of_0015(change, "photos", "0015")
    assert pipeline(change) == dict.fromkeys(RUN, True)
    git(change, "merge", "-q", "--no-edit", "lamps")  # no conflict: these are two files
    merge(change)
    assert pipeline(change) == {"The history has one head": False}
    assert {"push", "merge_group"} <= set(WORKFLOW[True])  # YAML reads the key `on` as true


DOWN = "def downgrade(engine_name):\n    "


@pytest.mark.parametrize(
    ("refusal", "green"),
    [
        ("raise KeyError", False),
        ('raise RuntimeError("something else")', False),
        ('raise NotImplementedError("0016 cannot be undone: restore the backup")', True),
    ],
)
def test_a_downgrade_may_refuse_and_may_not_fail(change: Path, refusal: str, green: bool) -> None:
    """The last command lets a revision say that it cannot be undone, and lets none fail."""
    copy_of_0015(change, "0016", "0015")
    file = change / "migrations/versions/0016_more.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"{DOWN}pass", f"{DOWN}{refusal}"), encoding="utf-8")
    assert list(pipeline(change).values()) == [True] * 4 + [green]


def release_of_the_rename(app: Path, number: int) -> None:
    """What the pull request of one release of lesson 7's rename brings: four in all."""
    rename, models = DEPLOY / "rename", "hearth/models.py"
    revision = {1: "0016_expand.py", 2: "0017_copy.py", 4: "0018_contract.py"}.get(number)
    if revision:
        shutil.copy(rename / "migrations/versions" / revision, app / "migrations/versions")
    plain = "    colour: Mapped[str | None] = mapped_column(String(30))\n"
    if number == 1:
        shutil.copy(rename / "hearth/paint.py", app / "hearth")
        replace_in_file(app, models, plain, "")
        replace_in_file(app, models, "class Room(db.Model)", "class Room(Painted, db.Model)")
        first = "from hearth.database import db\n"
        replace_in_file(app, models, first, f"{first}from hearth.paint import Painted\n")
    if number == 3:
        shutil.copy(rename / "hearth/leaving.py", app / "hearth")
        replace_in_file(app, models, "(Painted, db.Model)", "(db.Model)")
        replace_in_file(
            app, models, "    width:", plain.replace("(S", '("paint", S') + "    width:"
        )
        first = "from flask_migrate import Migrate\n"
        database, added = "hearth/database.py", "from hearth.leaving import compare_name\n"
        replace_in_file(app, database, first, first + added)
        replace_in_file(app, database, "Migrate()", "Migrate(include_name=compare_name)")
    if number == 4:
        replace_in_file(app, "hearth/leaving.py", '{("room", "colour")}', "set()")


def test_the_pipeline_is_green_on_every_release_of_the_rename(change: Path) -> None:
    """The four pull requests of the rename pass all five commands, one after the other."""
    for number in range(1, 5):
        release_of_the_rename(change, number)
        assert pipeline(change) == dict.fromkeys(RUN, True), f"release {number}"
        merge(change)


def test_the_container_has_the_versions_of_the_course() -> None:
    """What the container installs is what the course is tested with."""
    text = (COURSE.root / "constraints.txt").read_text(encoding="utf-8")
    pins = [line.split(" ;")[0] for line in text.splitlines()]
    lines = (DEPLOY / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if not line.startswith("#")]
    assert len(wanted) == 6
    assert set(wanted) <= set(pins)


def test_the_command_on_the_page_is_one_of_the_pipeline() -> None:
    """docs/production-patterns.md speaks of a command that the pipeline runs."""
    page = (COURSE.root / "docs" / "production-patterns.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```bash\n(.*?)\n```", page, re.DOTALL)
    assert shown in [line.strip() for line in RUN.values()]


def test_no_deployment_file_drafts_a_revision() -> None:
    """No line that runs in a deployment says `flask db migrate`."""
    for file in DEPLOY.iterdir():
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        assert not [x for x in lines if "db migrate" in x and not x.startswith("#")]


@pytest.mark.slow
def test_the_last_lines_of_the_container_release_and_serve(tmp_path: Path) -> None:
    """ENTRYPOINT and CMD as one command: released once, then served by two workers."""
    lay_out(LESSON.app_files(), tmp_path)
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    entry, command = (
        json.loads(line)
        for x in ("ENTRYPOINT", "CMD")
        for line in re.findall(rf"^{x} (.*)$", text, re.M)
    )
    copied = re.findall(r"^COPY (\S+)", text, re.M)
    assert {"hearth", "migrations", "wsgi.py"} <= set(copied)
    words = [*entry, *command]
    words[words.index("0.0.0.0:8000")] = "127.0.0.1:0"
    (tmp_path / "instance").mkdir()
    server = subprocess.Popen(
        words,
        cwd=tmp_path,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert server.stdout
    told = []
    try:
        # Ends with the line that names the address, or with the server.
        while (line := server.stdout.readline()) and "Listening at:" not in line:
            told.append(line)
        address = re.search(r"Listening at: (\S+)", line)
        assert address, "".join(told)
        with urllib.request.urlopen(address[1], timeout=30) as page:
            assert "<code>0015</code>" in page.read().decode()
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert told.count("release: upgrade\n") == 1
