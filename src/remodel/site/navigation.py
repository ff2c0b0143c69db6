"""The parts of the site's navigation that follow the course: its lessons, exercises, messages."""

from collections.abc import Callable, Iterator

from remodel.course.catalog import Catalog
from remodel.course.messages import read_groups
from remodel.site.reference.messages import page_name


def navigation_words(catalog: Catalog) -> dict[str, Callable[[], None]]:
    """What the blocks of cog in mkdocs.yml can call; each prints lines of YAML."""
    makers = {"lessons": _lessons, "exercises": _exercises, "messages": _messages}
    return {f"nav_{name}": _printer(catalog, make) for name, make in makers.items()}


def _printer(catalog: Catalog, make: Callable[[Catalog], Iterator[str]]) -> Callable[[], None]:
    return lambda: print("\n".join(make(catalog)))


def _lessons(catalog: Catalog) -> Iterator[str]:
    for lesson in catalog.lessons.values():
        yield from (f"- {catalog.layout.relative(page)}" for page in lesson.pages)


def _exercises(catalog: Catalog) -> Iterator[str]:
    # In a group of its own, the first README would stand for the group.
    yield from (f"- {catalog.layout.relative(each.page)}" for each in catalog.exercises.values())


def _messages(catalog: Catalog) -> Iterator[str]:
    folder = catalog.layout.error_pages.relative_to(catalog.layout.docs)
    for group in read_groups(catalog.layout.error_messages):
        yield f'- "{group.title}":'
        yield from (f"    - {folder / page_name(each)}" for each in group.messages)
