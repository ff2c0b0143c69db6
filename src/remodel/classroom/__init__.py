"""A class: what it hands in, graded with one command, and what it did not understand."""
