"""Remodel: a course and playground for database migrations with Flask-Migrate."""

from importlib.metadata import version

__version__ = version("remodel")
