"""What an experiment asks for: a house, or a copy of a lesson's app."""

from remodel.experiments.house import (
    copy_of,
    house,
    mariadb,
    mariadb_server,
    postgresql,
    postgresql_server,
    runner,
)

__all__ = [
    "copy_of",
    "house",
    "mariadb",
    "mariadb_server",
    "postgresql",
    "postgresql_server",
    "runner",
]
