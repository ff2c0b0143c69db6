"""Time that flies: each pause is over at once, and by as much the clocks have gone on."""

import time

CLOCKS = "time", "monotonic", "perf_counter"


def let_time_fly() -> list[float]:
    """Let it fly in this process; gives the seconds of each pause."""
    pauses: list[float] = []
    for name in CLOCKS:
        real = getattr(time, name)
        setattr(time, name, lambda real=real: real() + sum(pauses))
    time.sleep = pauses.append
    return pauses
