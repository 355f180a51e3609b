"""Demands and forecasts by head: operations over speeds, memory, and what is refused."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from core.data.folds import Train
from core.recommenders import forecast as forecasts
from core.recommenders import speeds
from core.recommenders.base import RECOMMENDERS, Recommender, Scorer, parts_in, recommender_of
from core.recommenders.demand import Demand, Size, nearest_steps, size_of, total
from core.recommenders.forecast import alternative, demand_of, forecast, people_that_fit, refusal
from core.recommenders.parts import Named
from core.recommenders.popularity import Popularity
from core.recommenders.speeds import Speeds, calibrated, machine
from core.work.desk import Desk
from core.work.report import Report
from core.work.settings import settings
from tests.making import compared_on, dataset, random_log, train_of

SPEEDS = Speeds(dense=1e9, sparse=1e6, loop=1e6, network=1e8)
SMALL = Size(users=100, items=50, positives=1_000, together=12_000, alike=25_000)
LARGE = Size(users=1_000_000, items=40_000, positives=50_000_000, together=5e9, alike=1e12)


class Counted(Recommender):
    """Takes what it says: 2 s of loops a fit on 100 people, 3 s of dense work, 1 GB."""

    name = "counted"
    label = "Counted"

    def demand(self, size: Size) -> Demand:
        return Demand({"loop": 2e4 * size.users, "dense": 3e9}, {"sparse": 1e6}, 1e7 * size.users)

    def fit(self, train: Train, report: Report) -> Scorer:
        return Popularity().fit(train, report)


class Both(Recommender):
    """Made of others, and silent on what it takes."""

    name = "both"
    label = "Both"
    of: Named = "popularity+counted"

    def fit(self, train: Train, report: Report) -> Scorer:
        return Popularity().fit(train, report)


class Silent(Recommender):
    """Does not say what it takes."""

    name = "silent"
    label = "Silent"

    def fit(self, train: Train, report: Report) -> Scorer:
        return Popularity().fit(train, report)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**RECOMMENDERS.all(), "counted": Counted, "both": Both, "silent": Silent}
    monkeypatch.setattr(type(RECOMMENDERS), "all", lambda _self: known)
    monkeypatch.setattr(type(RECOMMENDERS), "get", lambda _self, name: known[name])
    monkeypatch.setattr(forecasts, "threads", lambda: 1)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Limits of the installation that a test may set."""
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


def test_the_size_by_head() -> None:
    """u00 has 2 items, u01 3, u02 1: 4 + 9 + 1; the items have 3, 2, 1 and 0 people: 9 + 4 + 1."""
    items = pd.DataFrame({"item": ["i00", "i01", "i02", "i03"], "title": ["tea", "jam", "", "fig"]})
    found = size_of(train_of([[1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 0]], items))
    assert (found.users, found.items, found.positives) == (3, 4, 6)
    assert (found.together, found.alike) == (14, 14)
    assert found.characters >= 9


def test_a_part_of_the_people_by_head() -> None:
    """A fourth of the people has a fourth of the pairs, and shares a sixteenth of the pairs of people."""
    part = SMALL.of_people(25)
    assert part == replace(SMALL, users=25, positives=250, together=3_000, alike=25_000 / 16)
    assert SMALL.of_people(1_000) == SMALL


def test_demands_add_up() -> None:
    one, other = Demand({"loop": 1}, {"dense": 2}, 3), Demand({"loop": 10, "sparse": 5}, {}, 30)
    assert one + other == Demand({"sparse": 5, "loop": 11}, {"dense": 2}, 33)
    assert total([one, other, one]) == Demand({"sparse": 5, "loop": 12}, {"dense": 4}, 36)


def test_a_forecast_by_head() -> None:
    """2e6 steps at 1e6 a second and 3e9 operations at 1e9: 5 s. Scores: 1 s, and 3 × 100 × 50 steps."""
    found = forecast(Counted(), SMALL, SPEEDS)
    assert found is not None
    assert found.fit_seconds == pytest.approx(5)
    assert found.score_seconds == pytest.approx(1 + 0.015)
    assert found.bytes == pytest.approx(1e9 + 4 * 100 * 50)
    assert found.verdict == "fits"


def test_what_is_made_of_others_takes_what_they_take() -> None:
    assert [one.name for one in parts_in(Both())] == ["popularity", "counted"]
    whole, part, inside = (forecast(one, SMALL, SPEEDS) for one in (Both(), Counted(), Popularity()))
    assert whole is not None
    assert part is not None
    assert inside is not None
    assert whole.fit_seconds == pytest.approx(part.fit_seconds + inside.fit_seconds)
    assert demand_of(Both(of="popularity+silent"), SMALL) is None
    assert forecast(Silent(), SMALL, SPEEDS) is None


def test_ease_by_head() -> None:
    """4 bytes for each pair of items; the inverse takes a number of operations that grows with the cube."""
    small, large = (demand_of(recommender_of("ease"), replace(SMALL, items=items)) for items in (100, 1_000))
    assert small is not None
    assert large is not None
    assert (small.bytes, large.bytes) == (4e4, 4e6)
    assert large.fit["dense"] == 1_000 * small.fit["dense"]


def test_nearest_steps_by_head() -> None:
    """10 rows meet 5 others each; all are kept: 50 pairs, 2 looks at each, and 5 × 5 / 16 moves a row."""
    assert nearest_steps(10, 100, 50, 5) == pytest.approx(50 + 10 * (10 + 25 / 16))
    assert nearest_steps(10, 100, 0, 5) == 0


@pytest.mark.parametrize("name", list(RECOMMENDERS.all()))
def test_more_data_never_take_less(name: str) -> None:
    sizes = [SMALL, Size(1_000, 500, 100_000, 12e6, 25e6), LARGE]
    found = [demand_of(RECOMMENDERS.get(name)(), size) for size in sizes]
    if found[0] is None:
        pytest.skip("it says no demand")
    for less, more in pairwise(found):
        assert less is not None
        assert more is not None
        assert sum(less.fit.values()) <= sum(more.fit.values())
        assert sum(less.score.values()) <= sum(more.score.values())
        assert less.bytes <= more.bytes
        assert min([*less.fit.values(), *less.score.values(), less.bytes]) >= 0


def test_memory_and_time_beyond_the_limits(limits: pytest.MonkeyPatch) -> None:
    limits.setenv("TOUCHSTONE_MEMORY_GB", "0.5")
    found = forecast(Counted(), SMALL, SPEEDS)
    assert found is not None
    assert found.verdict == "memory"
    settings.cache_clear()
    limits.setenv("TOUCHSTONE_MEMORY_GB", "4")
    limits.setenv("TOUCHSTONE_FIT_SECONDS", "5.5")
    found = forecast(Counted(), SMALL, SPEEDS)
    assert found is not None
    assert found.verdict == "time"  # 6.015 s, lists included


def test_the_refusal_says_how_much_the_limit_and_how_many_people_fit(limits: pytest.MonkeyPatch) -> None:
    """10 MB a person: 199 people fit into 2 GB with their scores. 0.5 GB is too little for any."""
    limits.setenv("TOUCHSTONE_MEMORY_GB", "2")
    size = replace(SMALL, users=1_000)
    found = forecast(Counted(), size, SPEEDS)
    assert found is not None
    error = refusal(Counted(), found, size, SPEEDS)
    assert error.wrong == "Counted: the forecast for 1,000 people and 50 items is 10.0 GB."
    assert error.expected == "at most 2 GB."
    assert error.do == "compare on 190 people (--people 190), or raise TOUCHSTONE_MEMORY_GB."
    assert forecast(Counted(), size.of_people(190), SPEEDS).verdict == "fits"  # type: ignore[union-attr]
    limits.setenv("TOUCHSTONE_MEMORY_GB", "0.5")
    settings.cache_clear()
    assert people_that_fit(Counted(), size, SPEEDS) == 0


def test_where_items_are_too_many_fewer_people_are_no_help(limits: pytest.MonkeyPatch) -> None:
    """EASE holds a weight for each pair of 200,000 items: 160 GB, whoever many people there are."""
    ease = recommender_of("ease")
    many = Size(users=20_000, items=200_000, positives=400_000, together=2e7, alike=1e7)
    assert people_that_fit(ease, many, SPEEDS) == 0
    fast = replace(SPEEDS, loop=1e9, sparse=1e9)
    assert alternative(ease, many, fast) == "choose item_knn, or leave out rare items (--min-item)"
    slow = replace(SPEEDS, loop=1.0)
    assert alternative(ease, many, slow) == "leave out rare items (--min-item)"
    found = forecast(ease, many, fast)
    assert found is not None
    assert "is 160" in refusal(ease, found, many, fast).wrong


def test_a_comparison_refuses_one_and_goes_on_with_the_others(limits: pytest.MonkeyPatch) -> None:
    """Counted takes 10 MB a person: 0.6 GB of 0.1 that are allowed."""
    limits.setenv("TOUCHSTONE_MEMORY_GB", "0.1")
    found = compared_on(dataset(random_log(people=60)), recommenders=("popularity", "counted"))
    assert [one.spec for one in found.entries] == ["popularity"]
    (failure,) = found.failures
    assert failure.spec == "counted"
    assert "Counted: the forecast for 60 people and 20 items is 0.6 GB. Expected: at most 0.1 GB." in (
        failure.message
    )


def test_nothing_is_measured_where_the_slowest_machine_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_desk: Desk | None) -> Speeds:
        raise AssertionError("speeds were asked for")

    monkeypatch.setattr(forecasts, "here", never)
    forecasts.allow(recommender_of("ease"), train_of([[1, 0], [1, 1]]))
    forecasts.allow(Silent(), train_of([[1, 0], [1, 1]]))


def test_speeds_are_measured_once_a_machine_and_above_the_floor(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speeds, "_SECONDS", 0.02)
    found = desk.run(calibrated, settings=machine())
    assert desk.run(calibrated, settings=machine()) is found
    assert all(value > 0 and np.isfinite(value) for value in vars(found).values())
    assert "cores" in machine()
