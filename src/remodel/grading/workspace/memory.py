"""What was worked out once, by what it depends on."""

from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")
Key = tuple[str, *tuple[object, ...]]
#: How many lasting results are kept: those of a few exercises.
LASTING = 256


class Memory(Generic[T]):
    """Promises of results by key, whose first word says whose work it was.

    The lasting ones, of the course's own code, stay for the next answer until there are too many.
    Not safe for threads by itself.
    """

    def __init__(self) -> None:
        self._own: dict[Key, Future[T]] = {}
        self._lasting: dict[Key, Future[T]] = {}

    def promised(self, key: Key, lasting: bool = False) -> tuple[Future[T], bool]:
        """Return (future, known) for `key`; if not known, the caller must complete the future."""
        kept = self._lasting if lasting else self._own
        known = key in kept
        future = kept.pop(key) if known else Future()
        kept[key] = future  # the last one asked for is the last one to go
        while len(self._lasting) > LASTING:
            del self._lasting[next(iter(self._lasting))]
        return future, known

    def drop(self, key: Key) -> None:
        """Forget one promise that could not be kept."""
        self._own.pop(key, None)
        self._lasting.pop(key, None)

    def forget(self, keep: set[str]) -> None:
        """Forget all that does not last, but for what is of `keep`."""
        self._own = {key: future for key, future in self._own.items() if key[0] in keep}
