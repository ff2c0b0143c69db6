"""The verdict on what the cells have made, as the terminal shows it."""

import os
import sys
from pathlib import Path

from remodel.course import playground_mark
from remodel.course.catalog import find_course


def check(slug: str, folder: str | Path | None = None) -> None:
    """Grade what lies in `folder`, or in the playground, and print the verdict."""
    from remodel.grading.run import grade
    from remodel.grading.session import Grading, new_seed
    from remodel.grading.terminal import print_in_colour

    catalog = find_course()
    exercise = catalog.exercise(slug)
    # The site's pages are written with a seed that stays the same.
    seed = int(os.environ.get("REMODEL_NOTEBOOK_SEED") or new_seed())
    named = str(folder) if folder else "playground"
    variant = playground_mark.variant_of(Path(folder)) if folder else None
    grading = Grading.of(catalog, [named], [seed], variant=variant)
    try:
        for verdict in grade(grading, [exercise]):
            print_in_colour(verdict, catalog, sys.stdout)
    finally:
        grading.close()
