"""What the folds of the pages show is what the experiments show when they are run."""

from pathlib import Path

import pytest

from remodel.course.catalog import find_course
from remodel.course.proof import read_shown
from remodel.errors import CourseError, NoServer
from remodel.experiments.recording import claimed, record

COURSE = find_course()


def test_a_run_is_kept_as_it_was_shown() -> None:
    """One quick experiment, run now, shows what is kept."""
    (test,) = [each for each in claimed(COURSE) if "a_line_in_the_model_leaves" in each]
    assert record(COURSE.root, [test]) == {test: read_shown(COURSE.layout.experiments)[test]}


def test_an_experiment_that_fails_is_not_kept(tmp_path: Path) -> None:
    """The error says which."""
    (tmp_path / "test_x.py").write_text("def test_y():\n    assert 1 == 2\n", encoding="utf-8")
    with pytest.raises(CourseError, match="test_y"):
        record(tmp_path, ["test_x.py::test_y"])


def test_an_experiment_that_is_skipped_is_not_kept(tmp_path: Path) -> None:
    """What a missing server would show is not known."""
    skips = 'import pytest\n\n\ndef test_y():\n    pytest.skip("no server")\n'
    (tmp_path / "test_skips.py").write_text(skips, encoding="utf-8")
    with pytest.raises(NoServer, match="test_y"):
        record(tmp_path, ["test_skips.py::test_y"])


@pytest.mark.slow
def test_every_run_is_what_the_experiments_show_today() -> None:
    """As `remodel dev experiments` says."""
    assert record(COURSE.root, claimed(COURSE)) == read_shown(COURSE.layout.experiments)
