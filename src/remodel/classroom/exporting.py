"""What other platforms grade with: the course, the assignment, and the script that they start."""

import io
import zipfile
from pathlib import Path

from remodel.classroom.assignment import HIDDEN
from remodel.classroom.handing_out import ASSIGNMENT_TOML
from remodel.classroom.results_store import write_whole
from remodel.course.catalog import Catalog
from remodel.course.tree import read_tree

#: What of a checkout makes the package.
_PACKAGE = ("src", "pyproject.toml", "README.md", "LICENSE", "LICENSE-text")

_SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image. Choose one with Python 3.11 or newer.
set -e
place=${AUTOGRADER:-/autograder}
apt-get update
apt-get install -y python3 python3-venv
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -c "$place/source/course/constraints.txt" -e "$place/source/course"
"""

_RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission, in a container of its own.
place=${AUTOGRADER:-/autograder}
remodel=${REMODEL:-$place/venv/bin/remodel}
export REMODEL_COURSE="$place/source/course"
mkdir -p "$place/results"
"$remodel" class grade "$place/submission" --assignment "$place/source/assignment.toml" \\
    --out "$place/gradebook" --unsafe > "$place/log.txt" 2>&1
written=("$place"/gradebook/gradescope/*.json)
if [ -f "${written[0]}" ]; then
    cp "${written[0]}" "$place/results/results.json"
else
    # Somebody has to look: that is neither a pass nor a fail.
    printf '{"score": 0, "output": "Nothing here could be graded. Hand in handin.zip."}\\n' \\
        > "$place/results/results.json"
fi
"""

_AUTOGRADER = '''\
"""Classroom 50 runs this for each submission, in the folder of the learner's repository."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = HERE / "course"
LINKS = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def main() -> None:
    if "REMODEL" not in os.environ:
        pinned = ["-c", str(COURSE / "constraints.txt"), "-e", str(COURSE)]
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", *pinned], check=True)
    command = os.environ.get("REMODEL", str(Path(sys.executable).parent / "remodel"))
    with tempfile.TemporaryDirectory() as out:
        words = ["class", "grade", os.getcwd(), "--assignment", str(HERE / "assignment.toml")]
        env = {**os.environ, "REMODEL_COURSE": str(COURSE)}
        subprocess.run([command, *words, "--out", out, "--unsafe"], env=env, check=True)
        (written,) = Path(out, "classroom50").glob("*.json")
        result = json.loads(written.read_text(encoding="utf-8"))
    result |= {key: os.environ[name] for key, name in LINKS.items() if os.environ.get(name)}
    Path("result.json").write_text(json.dumps(result, indent=2), encoding="utf-8")


main()
'''


def _hidden_files(assignment: Path) -> dict[str, bytes]:
    """The teacher's own graders: for Gradescope alone, which shows its zip to nobody."""
    files = sorted((assignment.parent / HIDDEN).glob("*.py"))
    return {f"{HIDDEN}/{file.name}": file.read_bytes() for file in files}


def _course_files(catalog: Catalog) -> dict[str, bytes]:
    """What of a checkout grades: the answers that keep graders honest stay at home."""
    layout = catalog.layout
    parts = (layout.lessons, layout.exercises, layout.solutions)
    files = (layout.error_messages, layout.constraints)
    names = [*_PACKAGE, *map(layout.relative, (*parts, *files))]
    names = [name for name in names if (catalog.root / name).exists()]
    return {f"course/{f}": c for f, c in read_tree(catalog.root, names).items()}


def export_gradescope(catalog: Catalog, assignment: Path, folder: Path) -> Path:
    """Write autograder.zip, which Gradescope takes as it is; returns its place."""
    files = {
        "setup.sh": _SETUP.encode(),
        "run_autograder": _RUN.encode(),
        ASSIGNMENT_TOML: assignment.read_bytes(),
        **_hidden_files(assignment),
        **_course_files(catalog),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            runs = name in ("setup.sh", "run_autograder")
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            archive.writestr(info, content)
    place = folder / "autograder.zip"
    write_whole(place, written.getvalue())
    return place


def export_classroom50(catalog: Catalog, assignment: Path, folder: Path) -> Path:
    """Write the folder that belongs into autograders/ASSIGNMENT of a classroom; returns it."""
    files = {
        "autograder.py": _AUTOGRADER.encode(),
        ASSIGNMENT_TOML: assignment.read_bytes(),
        **_course_files(catalog),
    }
    for name, content in files.items():
        write_whole(folder / "classroom50" / name, content)
    return folder / "classroom50"
