"""What the owner asks when she takes stock. These three functions are yours to write."""

from collections.abc import Iterable

Pairs = Iterable[tuple[str, str]]


def find(text: str) -> Iterable[tuple[int, str, str]]:
    """List the furniture whose name contains `text`: its id, its name, its room's name."""
    raise NotImplementedError("find")


def stock() -> Iterable[tuple[str, int]]:
    """List every room: its name, and how many pieces of furniture stand in it."""
    raise NotImplementedError("stock")


def rename(pairs: Pairs) -> None:
    """Give rooms new names, (old, new) each: all of them, or none."""
    raise NotImplementedError("rename")
