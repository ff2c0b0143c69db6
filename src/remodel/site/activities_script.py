"""What there is to do on each page, for docs/assets/progress.js, which counts what was done."""

import json
from pathlib import Path

from remodel.course.activities import of_pages
from remodel.course.catalog import Catalog


def activities_script(catalog: Catalog) -> dict[Path, str]:
    """The script that the site loads; none for a course without a site."""
    if not catalog.layout.site_settings.exists():  # a course of the tests
        return {}
    pages = {
        page: {
            kind: " ".join(ids)
            for kind in activities.__struct_fields__
            if (ids := getattr(activities, kind))
        }
        for page, activities in of_pages(catalog).items()
    }
    lines = ",\n".join(f"{json.dumps(page)}: {json.dumps(each)}" for page, each in pages.items())
    head = "/* Written by `remodel dev refresh`: the ids of what each page has to do. */"
    return {catalog.layout.activities: f"{head}\nwindow.remodelActivities = {{\n{lines}\n}};\n"}
