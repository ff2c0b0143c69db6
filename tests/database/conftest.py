"""The servers whose databases are read."""

from remodel.experiments.house import mariadb_server, postgresql_server

__all__ = ["mariadb_server", "postgresql_server"]
