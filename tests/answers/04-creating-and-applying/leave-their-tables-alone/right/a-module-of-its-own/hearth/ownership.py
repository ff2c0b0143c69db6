"""Which tables of the database are Hearth's own."""


def not_the_doorbells(thing, name, kind, reflected, compare_to):
    """Leave out the tables that the doorbell makes."""
    if kind == "table" and name.startswith("visitor_"):
        return False
    return True
