"""Remodel: a course and playground for database migrations with Flask-Migrate."""

__version__: str


def __getattr__(name: str) -> str:
    """The version, looked up when it is asked for: that takes a tenth of `remodel --help`."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("remodel")
