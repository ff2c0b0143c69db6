"""Runs commands on scratch copies of an answer, and remembers the outcomes."""
