"""Who is shown an item, by head."""

import math

from core.evaluation.exposure import exposures
from tests.core.evaluation.test_protocol import by_head


def test_how_many_lists_hold_it_and_whose() -> None:
    """Popularity shows ann bun or pie, bo bun, cy jam: what is popular and not yet theirs."""
    found = by_head()
    (jam,) = exposures(found, "jam", 1)
    assert (jam.people, jam.hits, jam.who) == (1, 1, ("cy",))
    assert jam.place == 1
    (bun,) = exposures(found, "bun", 1)
    assert (bun.people, bun.hits) == (2, 1)
    assert bun.who[0] == "ann"  # who took it later comes first


def test_an_item_that_nobody_is_shown() -> None:
    (tea,) = exposures(by_head(), "tea", 2)
    assert (tea.people, tea.hits, tea.who) == (0, 0, ())
    assert math.isnan(tea.place)
    (unknown,) = exposures(by_head(), "no such item", 2)
    assert unknown.people == 0
