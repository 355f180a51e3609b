"""Sentences of core about tuning and forecasts; numbers and quotations are {0}, {1}, …"""

from itertools import product

from pages.parts.words import pattern_of

_FORECASTS = (
    ("the forecast for 1 people and 2 items is 3 GB.", "at most 4 GB.", "TOUCHSTONE_MEMORY_GB"),
    ("the forecast for 1 people and 2 items is 3 seconds.", "at most 4 seconds.", "TOUCHSTONE_FIT_SECONDS"),
)
_INSTEAD = (
    "compare on 5 people (--people 6)",
    "choose item_knn, or leave out rare items (--min-item)",
    "leave out rare items (--min-item)",
)
_REFUSALS = tuple(
    (wrong, expected, f"{instead}, or raise {limit}.")
    for (wrong, expected, limit), instead in product(_FORECASTS, _INSTEAD)
)

TUNING_SENTENCES = (
    "trial {0} of {1}",
    *dict.fromkeys(pattern_of(part) for parts in _REFUSALS for part in parts),
    *(
        pattern_of(f"{wrong} Expected: {expected} What to do: {do}") for wrong, expected, do in _REFUSALS
    ),  # as a comparison keeps it
)
