"""A number of seconds, as an option takes it."""

import math
from typing import Any

import click

from remodel.runner import LONGEST


class Seconds(click.FloatRange):
    """More than none, a day at most; `nan` is larger than nothing, and no number."""

    def __init__(self) -> None:
        super().__init__(min=0, max=LONGEST, min_open=True)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that `value` says; fails where it says none."""
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return seconds
