"""Hand-ins as `remodel pack` writes them, of the course's own answers."""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from remodel.course.catalog import Catalog, find_course
from remodel.grading.session import load_answer
from remodel.playground.folder import pack
from remodel.scratch import lay_out

#: The zip that somebody of that name hands in: for each exercise, which answer.
Packing = Callable[[str, dict[str, str]], bytes]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The course itself."""
    return find_course()


@pytest.fixture(scope="session")
def packed(catalog: Catalog) -> Packing:
    """Packs answers, as a learner does who has them in the playground."""

    def packed(name: str, answers: dict[str, str]) -> bytes:
        place = Path(tempfile.mkdtemp())
        try:
            exercises = [catalog.exercise(slug) for slug in answers]
            for exercise in exercises:
                answer = load_answer(catalog, exercise, answers[exercise.slug])
                lay_out(answer.files, place / exercise.slug)
            to = place / "handin.zip"
            pack([(each, place / each.slug) for each in exercises], to, name)
            return to.read_bytes()
        finally:
            shutil.rmtree(place)

    return packed


def unpacked(content: bytes, folder: Path) -> Path:
    """`content` as somebody unpacks it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def zip_of(files: dict[str, bytes]) -> bytes:
    """A zip that holds `files`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()
