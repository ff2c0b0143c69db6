"""What autogenerate detects, in Alembic's words, whatever an env.py or alembic.ini lets it log."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

#: The loggers of Alembic's comparisons, and those of its plugins.
_LOGGERS = ("alembic.autogenerate", "alembic.ext", "alembic.ddl")


@contextlib.contextmanager
def detections() -> Iterator[list[str]]:
    """A list that gets a line for each difference that a command finds meanwhile."""
    seen: list[str] = []
    write = logging.Logger.info

    def info(self: logging.Logger, message: object, *arguments: Any, **options: Any) -> None:
        text = str(message)
        if self.name.startswith(_LOGGERS) and text.startswith("Detected "):
            seen.append(text % arguments if arguments else text)
        write(self, message, *arguments, **options)

    logging.Logger.info = info  # type: ignore[method-assign, assignment]
    try:
        yield seen
    finally:
        logging.Logger.info = write  # type: ignore[method-assign]
