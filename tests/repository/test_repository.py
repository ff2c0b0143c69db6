"""What the repository says about itself is so: commands, files, versions and workflows."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml  # type: ignore[import-untyped]
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from remodel.authoring.verdicts_file import published
from remodel.cli.welcome import SHOWCASE
from remodel.course.catalog import find_course
from remodel.course.exercise import Deployment, ExerciseSettings, StandardSettings
from remodel.course.stages import is_declared

ROOT = Path(__file__).resolve().parents[2]
MANUAL = tuple(f"docs/author/{page.name}" for page in sorted((ROOT / "docs/author").iterdir()))
GRADER, EXERCISE = "docs/author/grader.md", "docs/author/exercise.md"
DOCS = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", *MANUAL, "CHANGELOG.md")
LESSONS = list(find_course().lessons.values())
PLAN = "docs/author/plan.md"
#: The names that are given, and what else lies beside them.
GIVEN = {"lessons", "notebooks", "exercises", "solutions", "tests", "docs"}
GIVEN |= {"mkdocs.yml", "pyproject.toml"}
BESIDE = {"src", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "LICENSE-text"}
BESIDE |= {"Makefile", "constraints.txt", ".ci", ".github", ".gitignore", ".gitattributes"}
BESIDE |= {".pre-commit-config.yaml", ".devcontainer"}
#: What the docs speak of that need not be there: made by a command, or standing for a name.
MADE = (
    "handin.toml",
    "playground/",
    "instance/",
    "results.json",
    "repair.txt",
    "handin.zip",
    ".venv",
    "scenarios/",
)
#: The newest Python for which every package of constraints.txt has a wheel.
OLDEST, NEWEST = "3.11", "3.14"
SYSTEMS = {"ubuntu-latest", "macos-latest", "windows-latest"}


def read(name: str) -> str:
    """The text of one file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def tracked() -> list[str]:
    """Every file that git holds or would take in, by its path."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).exists()]


def targets() -> set[str]:
    """The targets of the Makefile that a person calls."""
    return set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))


def recipe(target: str) -> list[str]:
    """The lines that the Makefile runs for `target`."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE)
    assert found, f"the Makefile has no recipe for {target}"
    return [line.strip() for line in found[1].splitlines()]


def pins() -> dict[str, Version]:
    """The versions of constraints.txt."""
    lines = [x for x in read("constraints.txt").splitlines() if not x.lstrip().startswith("#")]
    parts = [line.split(" ;")[0].split("==") for line in lines]
    assert all(len(part) == 2 for part in parts), "constraints.txt pins with == alone"
    return {canonicalize_name(name): Version(version) for name, version in parts}


def project() -> dict[str, Any]:
    """The table [project] of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads(read("pyproject.toml"))["project"]
    return table


def workflow(name: str) -> dict[Any, Any]:
    """One workflow, parsed."""
    told: dict[Any, Any] = yaml.safe_load(read(f".github/workflows/{name}"))
    return told


# -- layout ------------------------------------------------------------------------------------


def test_the_layout_is_the_given_one() -> None:
    """The eight given names exist at the top, and nothing lies there that nobody declared."""
    top = {name.split("/")[0] for name in tracked()}
    assert top >= GIVEN, f"missing: {sorted(GIVEN - top)}"
    assert top <= GIVEN | BESIDE, f"undeclared: {sorted(top - GIVEN - BESIDE)}"


@pytest.mark.parametrize("name", ["LICENSE", "LICENSE-text"])
def test_each_licence_says_what_it_is(name: str) -> None:
    """Code is MIT and text is CC BY 4.0, as pyproject.toml says and packages both files."""
    words = {"LICENSE": "MIT License", "LICENSE-text": "SPDX-License-Identifier: CC-BY-4.0"}
    assert words[name] in read(name)
    assert name in project()["license-files"]
    assert project()["license"] == "MIT AND CC-BY-4.0"


# -- documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCS)
def test_every_make_command_of_a_document_exists(document: str) -> None:
    """Whoever types a `make` command from a document finds the target."""
    called = set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", read(document), re.MULTILINE))
    assert called <= targets()


def test_make_alone_lists_every_command() -> None:
    """`make` installs nothing by surprise: it says what each target is for."""
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    explained = dict(re.findall(r"^  make ([a-z-]+) +(\S.*)$", listed, re.MULTILINE))
    assert set(explained) == targets()
    assert len(listed.splitlines()) == len(targets())


def test_the_readme_names_the_two_commands() -> None:
    """README.md begins with `make learn` and `make test`, each on a line of its own to type."""
    blocks = re.findall(r"```bash\n(.*?)```", read("README.md"), re.DOTALL)
    assert [block.strip() for block in blocks[:2]] == ["make learn", "make test"]


@pytest.mark.parametrize("document", DOCS)
def test_every_remodel_command_of_a_document_exists(document: str) -> None:
    """Whoever types a `remodel` command from a document finds it."""
    from remodel.cli.group import main

    called = set(
        re.findall(r"(?:^|[`$] ?)remodel ((?:dev )?[a-z-]+)", read(document), re.MULTILINE)
    )
    known = set(main.commands)
    known |= {f"dev {name}" for name in main.commands["dev"].commands}  # type: ignore[attr-defined]
    assert {each for each in called if each != "dev"} <= known


def is_there(path: str) -> bool:
    """Whether `path` exists from the top on, or in some lesson or exercise (such as quiz.toml)."""
    inside = any(f"/{name}/".count(f"/{path}/") for name in tracked())
    return (ROOT / path).exists() or inside


@pytest.mark.parametrize("document", DOCS[:-1])  # a changelog may name what is gone
def test_every_file_that_a_document_names_exists(document: str) -> None:
    """A path in a document leads somewhere: as a link, or in code as a folder or a file."""
    text = re.sub(r"```.*?```", "", read(document), flags=re.DOTALL)
    named = set(re.findall(r"\]\(([^)#:]+)\)", text))
    quoted = re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text)
    named |= {x for x in quoted if "/" in x or re.fullmatch(r"[\w-]+\.(?:md|toml|txt|yml)", x)}
    missing = [
        each
        for each in sorted(named)
        if not each.startswith(MADE)
        and not re.search(r"LESSON|SLUG|NAME|NN-name", each)
        and not is_there(each.rstrip("/"))
    ]
    assert named
    assert missing == []


def test_what_is_unreleased_names_folders_of_docs_that_exist() -> None:
    """A part of the changelog that is released may name what is gone; the newest may not."""
    unreleased = read("CHANGELOG.md").partition("## [Unreleased]\n")[2].partition("\n## [")[0]
    missing = [each for each in re.findall(r"`(docs/[\w./-]+)`", unreleased) if not is_there(each)]
    assert missing == []


def test_exercises_that_the_readme_names_exist() -> None:
    """The exercises that README.md and CHANGELOG.md speak of are in the course."""
    slugs = set(find_course().exercises)
    begun = set(re.findall(r"remodel (?:start|check|hint) ([a-z-]+)", read("README.md")))
    told = re.search(r"Eight exercises: (.*?)\. Each", read("CHANGELOG.md"), re.DOTALL)
    assert told
    assert begun <= slugs
    assert set(re.findall(r"`([a-z-]+)`", told[1])) <= slugs


def test_the_readme_counts_as_many_checks_as_a_run() -> None:
    """What it shows of a verdict has the number of checks that the published verdicts have."""
    course, shown = find_course(), re.findall(r"[✓✗] (\S+): .*?(\d+) checks", read("README.md"))
    assert len(shown) >= 3
    for name, count in shown:
        # Ann and Ben hand in what the first screen is about.
        slug = name if name in course.exercises else SHOWCASE
        first = published(course, course.exercise(slug))["starter"]["message"][0]
        assert f"of {count} checks" in first, name


def test_contributing_is_a_front_door() -> None:
    """It says where to go in the first ten lines, and the manual is not in it."""
    lines = read("CONTRIBUTING.md").splitlines()
    assert any("I want to" in line for line in lines[:10])
    assert len(lines) <= 90


def test_the_vocabulary_is_the_one_in_the_code() -> None:
    """The manual for authors explains every public word of `project`, and no other."""
    from remodel.grading.project.project import Project

    told = set(re.findall(r"\bproject\.(\w+)", read(GRADER)))
    public = {name for name in dir(Project) if not name.startswith("_")}
    assert told <= public
    # What the standard checks alone have a use for.
    assert public - told == {
        "believed",
        "binds",
        "goal",
        "goal_database",
        "life_with_words",
        "model_schema",
        "own_schema",
        "settings",
        "solution",
        "start",
        "state",
        "use_models",
        "step",
        "type",
        "laid_out",
    }


def test_the_markers_are_the_ones_in_the_code() -> None:
    """The markers that the manual explains are those that the plugin knows."""
    told = set(re.findall(r"`@pytest\.mark\.(\w+)", read(GRADER)))
    plugin = read("src/remodel/grading/pytest_plugin.py")
    known = set(re.findall(r'^\s+"(\w+)(?:\([^)]*\))?: ', plugin, re.MULTILINE))
    assert told == known


def test_the_exercise_keys_are_the_ones_in_the_code() -> None:
    """The table of exercise.toml in the manual names every key that the catalog reads."""
    text = read(EXERCISE).split("## 3.")[1].split("## 4.")[0]
    told = set(re.findall(r"`\[*(\w+)", "\n".join(re.findall(r"^\| (.*?) \|", text, re.MULTILINE))))
    keys = {field.encode_name for field in msgspec.structs.fields(ExerciseSettings)}
    assert keys <= told
    inside = {
        field.encode_name
        for kind in (StandardSettings, Deployment)
        for field in msgspec.structs.fields(kind)
    }
    assert {key for key in inside if not re.search(rf"`[^`]*\b{key}\b", text)} == set()


# -- versions ----------------------------------------------------------------------------------


def test_the_constraints_satisfy_the_project() -> None:
    """Each version in constraints.txt is one that pyproject.toml allows, and none is left open."""
    optional = project()["optional-dependencies"].values()
    wanted = [*project()["dependencies"], *(each for extra in optional for each in extra)]
    found = pins()
    for requirement in map(Requirement, wanted):
        pinned = found.get(canonicalize_name(requirement.name))
        assert pinned, f"constraints.txt does not pin {requirement.name}"
        assert requirement.specifier.contains(pinned), f"{requirement} is not {pinned}"


def test_the_oldest_python_is_said_once() -> None:
    """pyproject.toml, ruff, the Makefile and README.md agree on the oldest Python."""
    assert Version(OLDEST) in SpecifierSet(project()["requires-python"])
    assert Version("3.10") not in SpecifierSet(project()["requires-python"])
    assert f'target-version = "py{OLDEST.replace(".", "")}"' in read("pyproject.toml")
    assert "sys.version_info < (3, 11)" in read("Makefile")
    assert f"Python {OLDEST} or newer" in read("README.md")


# -- continuous integration --------------------------------------------------------------------


def test_the_gate_runs_everything() -> None:
    """`.ci/run` calls `make test-all` and can be run."""
    assert re.search(r'^make PYTHON="\$python" test-all$', read(".ci/run"), re.MULTILINE)
    listed = ["git", "ls-files", "-s", ".ci/run"]
    mode = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout[:6]
    assert mode in ("100755", "")  # "" until it is first committed


def test_every_system_meets_the_oldest_and_the_newest_python() -> None:
    """test.yml runs on Linux, macOS and Windows, on each with the oldest and the newest Python."""
    jobs = workflow("test.yml")["jobs"].values()
    assert {job["runs-on"] for job in jobs} == SYSTEMS
    assert [job["strategy"]["matrix"]["python"] for job in jobs] == [[OLDEST, NEWEST]] * 3
    assert all(job["timeout-minutes"] <= 60 for job in jobs)


def test_windows_runs_what_the_readme_says() -> None:
    """The PowerShell lines of README.md are those that test.yml runs on Windows."""
    blocks = re.findall(r"```powershell\n(.*?)```", read("README.md"), re.DOTALL)
    lines = [line for block in blocks for line in block.strip().splitlines()]
    steps = workflow("test.yml")["jobs"]["windows"]["steps"]
    run = [step["run"] for step in steps if "run" in step]
    assert lines[0].replace("py -3", "python") == run[0]
    assert lines[1:] == run[1:]


def test_windows_does_what_make_test_does() -> None:
    """The lines for Windows install and check what the Makefile installs and checks."""
    steps = workflow("test.yml")["jobs"]["windows"]["steps"]
    said = "\n".join(step.get("run", "") for step in steps).replace(".venv\\Scripts\\", "$(BIN)/")
    pytest_line = "$(BIN)/python -m pytest -n auto --dist loadgroup"
    wanted = [
        line.replace("$(PYTEST)", pytest_line)
        for target in ("lint", "types", "test")
        for line in recipe(target)
    ]
    assert len(wanted) == 5
    assert [line for line in wanted if line not in said] == []
    (extras,) = re.findall(r"-e '\.\[([\w,]+)\]'\n\t@touch", read("Makefile"))
    assert f'-e ".[{extras}]"' in said


@pytest.mark.parametrize(
    "name", ["test.yml", "site.yml", "versions.yml", "release.yml", "nightly.yml", "zensical.yml"]
)
def test_a_workflow_says_what_was_never_run(name: str) -> None:
    """A workflow has few rights, a time limit, and a comment on what could not be run here."""
    told = workflow(name)
    assert told["permissions"] == {"contents": "read"}
    assert all("timeout-minutes" in job for job in told["jobs"].values())
    head = read(f".github/workflows/{name}").split("name:")[0]
    assert "Run while this was written" in head


def test_every_nightly_target_runs_every_night() -> None:
    """nightly.yml calls the targets of make that are called so, and is started by a clock."""
    told = workflow("nightly.yml")
    assert "schedule" in told[True]  # YAML reads `on` as a truth value
    job = told["jobs"]["nightly"]
    assert job["steps"][-1]["run"] == "make ${{ matrix.target }}"
    nightly = {target for target in targets() if target.startswith("nightly")}
    assert set(job["strategy"]["matrix"]["target"]) == nightly


def test_nothing_waits_for_the_successor_of_mkdocs() -> None:
    """zensical.yml calls a target of make, is started by a clock, and stops no merge."""
    told = workflow("zensical.yml")
    assert told[True].keys() == {"schedule", "workflow_dispatch"}
    assert told["jobs"]["compare"]["continue-on-error"] is True
    assert told["jobs"]["compare"]["steps"][-1]["run"] == "make zensical"
    assert "zensical" in targets()


def test_the_site_is_built_by_make() -> None:
    """site.yml builds with the command that people use, and publishes what it made."""
    steps = workflow("site.yml")["jobs"]["build"]["steps"]
    assert any(step.get("run") == "make site" for step in steps)
    assert "site" in targets()


def test_a_review_folds_up_what_a_lesson_only_carries_forward() -> None:
    """And shows what it declares: `linguist-generated` follows lesson.toml, file by file."""
    names = [f"lessons/{lesson.name}/{file}" for lesson in LESSONS for file in lesson.app_files()]
    asked = subprocess.run(
        ["git", "check-attr", "-z", "--stdin", "linguist-generated"],
        input="\0".join(names),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    cells = asked.stdout.split("\0")
    folded = {name for name, value in zip(cells[::3], cells[2::3], strict=False) if value == "set"}
    assert folded == {
        f"lessons/{lesson.name}/{file}"
        for lesson in LESSONS[1:]
        for file in lesson.app_files()
        if not is_declared(lesson, file)
    }


def test_hooks_download_nothing() -> None:
    """Every pre-commit hook is local and runs the tool of the active environment."""
    repos = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system", "pygrep"}
    run = {hook["entry"].split()[0] for hook in hooks if hook["language"] == "system"}
    assert run == {"ruff", "lint-imports", "python", "remodel"}


@pytest.mark.parametrize(
    ("hook", "name", "good", "bad"),
    [("toml", "a.toml", "a = 1\n", "a = \n"), ("end-of-file", "a.md", "a\n", "a\nb")],
)
def test_a_hook_refuses_what_it_is_there_for(
    tmp_path: Path, hook: str, name: str, good: str, bad: str
) -> None:
    """And lets pass what is right."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    config = str(ROOT / ".pre-commit-config.yaml")
    command = [sys.executable, "-m", "pre_commit", "run", hook, "--config", config, "--files", name]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(tmp_path / "store")}
    codes = []
    for text in (good, bad):
        (tmp_path / name).write_text(text)
        codes.append(subprocess.run(command, cwd=tmp_path, env=environment).returncode)
    assert codes == [0, 1]


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / ".github/workflows").iterdir()))
def test_every_action_is_pinned(name: str) -> None:
    """By the hash of its commit, with its tag beside it: whoever moves the tag changes nothing."""
    uses = re.findall(r"uses: (.+)", read(f".github/workflows/{name}"))
    assert uses
    pinned = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [each for each in uses if not pinned.fullmatch(each)] == []


def test_an_action_has_one_version() -> None:
    """The same in every workflow, so that one change moves them all."""
    files = (ROOT / ".github" / "workflows").iterdir()
    uses = {use for file in files for use in re.findall(r"uses: (\S+)@(\S+)", file.read_text())}
    names = [action for action, _ in uses]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    "name", ["wrong_answer_accepted", "right_answer_refused", "message_unclear", "page_wrong"]
)
def test_an_issue_form_asks_for_what_repeats_the_case(name: str) -> None:
    """Where it was seen is asked for and needed; so are the seed and the answer of a grading."""
    form = yaml.safe_load(read(f".github/ISSUE_TEMPLATE/{name}.yml"))
    fields = {field["id"]: field for field in form["body"]}
    needed = {name for name, field in fields.items() if field.get("validations")}
    assert needed & {"exercise", "page"}
    assert "versions" in fields
    if "answer" in name:
        assert needed >= {"exercise", "seed", "answer", "versions"}
        assert "remodel pack" in fields["answer"]["attributes"]["description"]


def test_the_actions_alone_are_updated_by_a_robot() -> None:
    """Packages move by `make constraints`, with the gate run on them."""
    updates = yaml.safe_load(read(".github/dependabot.yml"))["updates"]
    assert [each["package-ecosystem"] for each in updates] == ["github-actions"]


def test_the_changelog_has_this_version() -> None:
    """CHANGELOG.md has a part for what is unreleased and one for the version in pyproject.toml."""
    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", project()["version"]]


def test_the_plan_says_of_each_exercise_whether_it_is_core() -> None:
    """A row each, with the lesson's number and the track of its exercise.toml."""
    rows = re.findall(r"^\| (\d) \| `([\w-]+)` \| (\w+) \| .+ \|$", read(PLAN), re.MULTILINE)
    course = find_course()
    numbers = {lesson.name: str(lesson.number) for lesson in course.lessons.values()}
    exercises = course.exercises.values()
    assert sorted(rows) == sorted((numbers[e.lesson], e.slug, e.track) for e in exercises)
