"""What a notebook of the course calls: a fresh house, a look at it, a prediction, the verdict."""

from remodel.notebook.house import fresh, history, look, rows, tables
from remodel.notebook.predictions import happened, predict
from remodel.notebook.verdict import check
from remodel.notebook.writing import go_on, ours

__all__ = [
    "check",
    "fresh",
    "go_on",
    "happened",
    "history",
    "look",
    "ours",
    "predict",
    "rows",
    "tables",
]
