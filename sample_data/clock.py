"""When things happen: a year of history, then the weeks that were logged."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

DAY = 86_400
HISTORY_START = int(np.datetime64("2025-03-03", "s").astype(np.int64))
HISTORY_DAYS = 364
LOG_START = HISTORY_START + HISTORY_DAYS * DAY

# Monday first; people have more time at the end of the week.
WEEKDAYS = np.array([0.95, 0.9, 0.95, 1.0, 1.0, 1.1, 1.3])
# January first; before Christmas a shop is full, in summer it is empty.
MONTHS = np.array([0.95, 0.9, 1.0, 1.0, 1.0, 0.95, 0.85, 0.85, 1.0, 1.05, 1.3, 1.5])
# From midnight on: a small rise at noon, most of it in the evening.
HOURS = np.array(
    [
        1.0,
        0.5,
        0.2,
        0.1,
        0.1,
        0.3,
        0.9,
        1.8,
        2.4,
        2.6,
        2.8,
        3.2,
        4.0,
        3.6,
        2.9,
        2.8,
        3.0,
        3.6,
        4.6,
        6.0,
        7.2,
        7.0,
        4.8,
        2.4,
    ]
)


def log_end(days: int) -> int:
    """The midnight after a log of so many days."""
    return LOG_START + days * DAY


def months(seconds: Ints) -> Ints:
    """The month of each time, 0 for January."""
    return seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12


def visit_times(first: Ints, last: int, rng: np.random.Generator) -> Ints:
    """One time for each entry of `first`, at or after it and before `last`, by month, weekday and hour.

    `first` and `last` are midnights, in seconds.
    """
    start = int(first.min())
    days = np.arange(start, last, DAY)
    rate = MONTHS[months(days)] * WEEKDAYS[(days // DAY + 3) % 7]  # 1970-01-01 was a Thursday
    total = np.concatenate([[0.0], np.cumsum(rate)])
    skipped = total[(first - start) // DAY]
    draws = skipped + rng.random(len(first)) * (total[-1] - skipped)
    day = days[np.searchsorted(total, draws, side="right") - 1]
    hour = rng.choice(24, size=len(first), p=HOURS / HOURS.sum())
    return day + hour * 3600 + rng.integers(0, 3600, len(first))
