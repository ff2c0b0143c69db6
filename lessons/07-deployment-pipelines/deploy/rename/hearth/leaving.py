"""Columns that the code has given up, and that a later release drops."""

LEAVING = {("room", "colour")}


def compare_name(name, type_, parent_names):
    """Whether `flask db check` and `flask db migrate` look at this name in the database."""
    return type_ != "column" or (parent_names["table_name"], name) not in LEAVING
