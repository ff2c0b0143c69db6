"""The front matter of a page: what the theme (docs/theme) is told of it."""

import json
from collections.abc import Mapping

#: The keys of a page that is made, with what stands there.
FrontMatter = Mapping[str, str | int | Mapping[str, float]]

#: Of pages that hold the words of many others: whoever searches wants those first.
SEARCHED_LAST = {"boost": 0.1}
#: Of pages for whoever is in trouble.
SEARCHED_FIRST = {"boost": 2}


def front_matter(about: FrontMatter) -> str:
    """The lines at the top of the page."""
    return "\n".join(["---", *(_line(key, value) for key, value in about.items()), "---", ""])


def _line(key: str, value: str | int | Mapping[str, float]) -> str:
    if key == "description" and isinstance(value, str):
        # The theme writes it into an attribute as it is.
        value = value.replace('"', "'")
    # A value of JSON is one of YAML too.
    return f"{key}: {json.dumps(value, ensure_ascii=False)}"
