"""Other splits and seeds, and popularity alone: what the lines of integrity say, and when."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.data.dataset import Dataset
from core.evaluation import ceiling
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import Experiment
from core.evaluation.steadiness import NAME, Repeat, Steadiness, Steady, _flips, check, others, steadiness
from core.evaluation.uncertainty import Estimate
from core.work import here
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import silent
from core.work.store import Store
from tests.making import compared_on, dataset, random_log


def repeated(data: Dataset, **chosen: object) -> Steadiness:
    asked = Experiment.model_validate({"data": "made", "metrics": ("ndcg",), "k": (5,), **chosen}).on(data)
    with tempfile.TemporaryDirectory() as folder, here.at(Desk(Store(Path(folder), 10**9), Inline())):
        return steadiness(data, settings=Steady(asked, "ndcg", 5), report=silent)


def made(*means: tuple[float, float], flips: tuple[tuple[int, int, int], ...] = ()) -> Steadiness:
    repeats = tuple(
        Repeat(
            "random(test=0.2)", at, tuple(Estimate(one, one, one, 9) for one in pair), int(pair[1] > pair[0])
        )
        for at, pair in enumerate(means)
    )
    return Steadiness(("a", "b"), ("A", "B"), repeats, flips, told=1)


def test_spread_and_leads_by_head() -> None:
    """A leads in two of three; its means go from .2 to .5."""
    found = made((0.5, 0.3), (0.4, 0.1), (0.2, 0.6))
    assert found.spread == ((0.2, 0.5), (0.1, 0.6))
    assert found.leads == (2, 1)


def test_the_line_says_what_was_tried() -> None:
    assert (check(None).verdict, check(None).check) == ("warning", NAME)
    assert check(made((0.5, 0.3))).verdict == "warning"
    assert check(made((0.5, 0.3), (0.4, 0.1))).verdict == "ok"
    turned = check(made((0.5, 0.3), (0.1, 0.4), flips=((0, 1, 1),)))
    assert turned.verdict == "warning"
    assert "A – B" in turned.detail
    nobody = check(replace(made((0.5, 0.3), (0.4, 0.1)), told=0))
    assert (nobody.verdict, "nobody is told apart" in nobody.detail) == ("warning", True)


def test_its_own_split_comes_first_and_none_twice() -> None:
    experiment = Experiment.model_validate({"data": "made", "split": "random(test=.2)", "seed": 3})
    asked = others(experiment, (3, 4), ("random(test=0.2)", "leave_last(n=1)"))
    assert asked == [("random(test=0.2)", 3), ("random(test=0.2)", 4), ("leave_last(n=1)", 3)]


def test_the_first_repeat_is_the_comparison_itself() -> None:
    data = dataset(random_log(people=60))
    chosen = {"recommenders": ("popularity", "random"), "split": "random(test=0.2)"}
    found = repeated(data, **chosen)
    own = compared_on(data, metrics=("ndcg",), k=(5,), **chosen)
    assert [one.mean for one in found.repeats[0].estimates] == [row[0].mean for row in own.estimates]
    assert len(found.done) == 6
    assert not found.flips


def test_a_split_that_does_not_fit_is_named() -> None:
    """Without times nothing is split by time; the others are tried."""
    data = dataset(random_log(people=60).drop(columns="timestamp"))
    found = repeated(data, recommenders=("popularity", "random"), split="random(test=0.2)")
    failed = [one for one in found.repeats if not one.estimates]
    assert {one.split for one in failed} >= {"by_time(test=0.2)"}
    assert all(one.reason for one in failed)


def test_who_changes_places_is_found() -> None:
    """The same comparison with the values of the two exchanged: whoever was ahead is behind."""
    data = dataset(random_log(people=80))
    there = compared_on(data, recommenders=("popularity", "random"), k=(5,), metrics=("ndcg",))
    back = replace(there, values=there.values[::-1], whole=there.whole[::-1], draws=there.draws[::-1])
    settings = Steady(there.experiment, "ndcg", 5)
    assert there.differences(there.column("ndcg", 5))[0].settled
    assert _flips([there, back, there], [0, 2, 3], settings) == [(0, 1, 2)]
    assert not _flips([there, there], [0, 1], settings)


def test_files_that_say_what_is_held_out_have_no_other_split() -> None:
    data = dataset(random_log(people=20))
    asked = Experiment.model_validate({"data": "made", "split": "given", "metrics": ("ndcg",), "k": (5,)})
    with pytest.raises(BadInput, match="no other split"):
        steadiness(data, settings=Steady(asked, "ndcg", 5), report=silent)


def line(found: Comparison, name: str) -> str:
    return next(one.verdict for one in found.integrity if one.check == name)


def test_random_lists_do_not_beat_popularity() -> None:
    """Low items are much more popular in this log; popularity does not beat itself either."""
    data = dataset(random_log(people=60))
    assert line(compared_on(data, recommenders=("random",), k=(5,)), ceiling.NAME) == "warning"
    assert line(compared_on(data, recommenders=("popularity",), k=(5,)), ceiling.NAME) == "warning"


def test_a_list_of_what_is_held_out_beats_popularity() -> None:
    found = compared_on(dataset(random_log(people=60)), recommenders=("random",), k=(5,))
    people = len(found.user_ids)
    said = ceiling.check(found, np.ones((1, people)), np.full(people, 0.2))
    assert (said.verdict, said.check) == ("ok", ceiling.NAME)
    small = ceiling.check(found, np.full((1, people), 4e-4), np.full(people, 2e-4))
    assert "is 0.00020 by popularity alone, and 0.00020 more" in small.detail
    assert "0.800 more" in said.detail


def test_repeated_rows_are_counted_or_said_to_be_left_in() -> None:
    log = random_log(people=30)
    twice = dataset(pd.concat([log, log.iloc[:7]]))
    found = compared_on(twice, recommenders=("popularity",), k=(5,))
    (said,) = [one for one in found.integrity if one.check == "repeated rows"]
    assert said.verdict == "ok"
    assert said.detail.startswith("7 ")
