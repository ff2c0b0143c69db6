"""Every experiment here provokes one message of docs/errors.toml, to the letter."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from remodel.course.catalog import find_course
from remodel.course.messages import read_messages
from remodel.experiments.house import House
from remodel.runner import Command, Completed, Runner

MESSAGES = {each.test: each for each in read_messages(find_course().root / "docs/errors.toml")}
REVISION = '''"""{id}"""
import sqlalchemy as sa
from alembic import op

revision = "{id}"
down_revision = {after!r}


def upgrade():
    {upgrade}


def downgrade():
    {downgrade}
'''


class Listener:
    """A runner that remembers all that was printed."""

    def __init__(self, runner: Runner) -> None:
        self.runner, self.heard = runner, ""
        self.name, self.at_once, self.close = runner.name, runner.at_once, runner.close

    def run(self, command: Command) -> Completed:
        """Run `command`, and remember."""
        done = self.runner.run(command)
        self.heard += done.stdout + done.stderr
        return done


@pytest.fixture
def runner(runner: Runner) -> Listener:
    """The warm runner, which now remembers what it heard in one experiment."""
    return Listener(runner)


@pytest.fixture(autouse=True)
def told(request: pytest.FixtureRequest, runner: Listener) -> Iterator[None]:
    """What docs/errors.md quotes was printed, every line of it."""
    yield
    for line in MESSAGES[request.node.name].lines:
        assert line in runner.heard, f"docs/errors.toml quotes {line!r}, which nobody said"


@pytest.fixture
def fresh(copy_of: Callable[[str], House]) -> House:
    """Lesson 3's app, whose database does not exist yet."""
    return copy_of("03")


@pytest.fixture
def branched(copy_of: Callable[[str], House]) -> House:
    """Lesson 5's app, whose history has a branch and a merge."""
    return copy_of("05")


class Served(House):
    """A house whose database is on a server, where somebody else may be busy."""

    @contextmanager
    def reading(self, table: str) -> Iterator[None]:
        """Somebody reads `table` in a transaction that stays open for the block."""
        engine = sa.create_engine(str(self._url))
        with engine.connect() as other:
            other.exec_driver_sql(f"SELECT * FROM {table}")
            yield
        engine.dispose()


@pytest.fixture
def served(copy_of: Callable[[str], House], runner: Listener, postgresql: str) -> Served:
    """Lesson 3's app under migrations, with rows in it, on PostgreSQL."""
    made = Served(copy_of("03").folder, runner)
    made.use(postgresql)
    assert made.flask("db", "upgrade").ok
    assert made.flask("furnish").ok
    return made


@pytest.fixture
def write() -> Callable[..., None]:
    """Writes a revision by hand: its name, what it stands on, and the line that upgrades."""

    def revision(
        house: House,
        id: str,
        upgrade: str = "pass",
        *,
        after: str | None = "0001",
        downgrade: str = "pass",
    ) -> None:
        text = REVISION.format(
            id=id, after=after, upgrade=upgrade.replace("\n", "\n    "), downgrade=downgrade
        )
        telling = text.partition("down_revision")
        house.write(f"migrations/versions/{id}.py", text, "".join(telling[1:]).strip())

    return revision
