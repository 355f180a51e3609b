"""Tuning: the default first, the test part never seen, the same budget, everything kept."""

import json
import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pytest
from pydantic import Field
from scipy.sparse import csr_array

from core.data.folds import Train
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import Experiment
from core.evaluation.protocol import folds_of
from core.evaluation.record import comparison_json
from core.evaluation.tuning import Tuned, Tuning, asked, tune, tune_each, tuned_on, tuning_of, validation
from core.evaluation.tuning_sample import of_people
from core.evaluation.tuning_search import Search, search
from core.evaluation.tuning_space import Free, combinations, defaults, size, space, untuned
from core.evaluation.tuning_trials import hopeless
from core.evaluation.tunings import keep, tuned_of, tunings_file
from core.recommenders.base import RECOMMENDERS, Recommender, Scorer, recommender_of
from core.recommenders.options import Search as Narrowed
from core.recommenders.popularity import Popularity
from core.types import TextArray
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.report import Cancelled, Report, silent
from core.work.settings import settings
from tests.making import compared_on, dataset, random_log

LOG = random_log(people=60, items=30, each=12)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own: tunings are kept there."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


class Odd(Recommender):
    """Popularity that can't be fit where `power` is above 2."""

    name = "odd"
    label = "Odd"
    power: Annotated[float, Field(ge=0, le=10, description="How much")] = 1.0
    title: Annotated[str, Field(description="A text")] = "x"
    seed: Annotated[int, Field(ge=0, le=99, description="A seed")] = 0

    def fit(self, train: Train, report: Report) -> Scorer:
        if self.power > 2:
            raise BadInput("The power is above 2.", "2 or less.", "lower it.")
        return Popularity().fit(train, report)


class Chosen(Recommender):
    """Three combinations in all."""

    name = "chosen"
    label = "Chosen"
    many: Annotated[int, Field(ge=1, le=1000, description="A number"), Narrowed(4, 6)] = 5

    def fit(self, train: Train, report: Report) -> Scorer:
        return Popularity().fit(train, report)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**RECOMMENDERS.all(), "odd": Odd, "chosen": Chosen}
    monkeypatch.setattr(type(RECOMMENDERS), "all", lambda _self: known)
    monkeypatch.setattr(type(RECOMMENDERS), "get", lambda _self, name: known[name])


def found(spec: str, log: Any = LOG, report: Report = silent, split: str = "", **budget: Any) -> Tuned:
    """What tuning finds on a log."""
    made = dataset(log)
    asking = asked(Experiment(data="made", split=split or None), made, tuning_of(recommender=spec, **budget))
    fold, used = validation(made, asking.division)
    return tuned_on(fold, asking.tuning, used, report)


def test_the_first_trial_is_the_default_and_the_best_is_no_worse() -> None:
    tuned = found("item_knn", trials=8)
    assert len(tuned.history) == 8
    default = recommender_of("item_knn").model_dump()
    assert {**default, **tuned.history[0].settings} == default
    assert tuned.default_value == tuned.history[0].value
    assert tuned.value == max(one.value for one in tuned.history) >= tuned.default_value
    assert recommender_of(tuned.spec).model_dump(mode="json") == tuned.settings
    assert len({tuple(one.settings.values()) for one in tuned.history}) == 8  # none twice


def test_the_best_spec_has_on_the_validation_part_the_value_that_is_said() -> None:
    """The spec as it is written is fit once more, as the only trial."""
    tuned = found("ease", trials=6)
    assert found(tuned.spec, trials=1).value == tuned.value


@pytest.mark.parametrize("sampler", ["tpe", "random"])
def test_the_same_seed_tries_the_same_and_another_does_not(sampler: str) -> None:
    budget: dict[str, Any] = {"trials": 14, "sampler": sampler}
    first, again = (found("item_knn", **budget) for _ in range(2))
    assert _same(first, again)
    other = found("item_knn", **budget, seed=1)
    assert [one.settings for one in other.history] != [one.settings for one in first.history]


def _same(one: Tuned, other: Tuned) -> bool:
    """Equal trials; a sample that there was not is NaN, and equals nothing."""
    pairs = zip(one.history, other.history, strict=True)
    return all(replace(left, sample=0.0) == replace(right, sample=0.0) for left, right in pairs)


def test_the_test_part_changes_nothing() -> None:
    """Other people, with other items, are held out: the training part is the same, and so is the result."""
    parted = LOG.assign(part=np.where(LOG.groupby("user")["timestamp"].rank() > 9, "test", "train"))
    changed = parted.copy()
    held = np.flatnonzero(changed["part"] == "test")
    order = np.random.default_rng(1).permutation(held)
    for column in ("user", "item"):
        changed.loc[held, column] = changed.loc[order, column].to_numpy()
    changed = changed.drop_duplicates(["user", "item", "part"])
    assert not changed.equals(parted)
    tuned, other = (found("item_knn", log, trials=5, split="given") for log in (parted, changed))
    assert tuned.split == "by_time(test=0.2)"
    assert _same(tuned, other)
    assert (tuned.spec, tuned.value) == (other.spec, other.value)


def test_validation_rows_are_rows_of_the_training_part() -> None:
    made = dataset(LOG)
    asking = asked(Experiment(data="made"), made, tuning_of(recommender="popularity"))
    fold, _split = validation(made, asking.division)
    whole = folds_of(made, asking.division)[0]
    inside = _pairs(whole.train.user_ids, whole.train.positives)
    held = _pairs(fold.test.user_ids, fold.test.truth)
    assert held
    assert held <= inside
    assert fold.train.positives.nnz + fold.test.truth.nnz <= whole.train.positives.nnz


def _pairs(users: TextArray, matrix: csr_array) -> set[tuple[str, int]]:
    found = matrix.tocoo()
    return {(str(users[row]), int(column)) for row, column in zip(found.row, found.col, strict=True)}


def test_a_trial_that_fails_is_named_and_the_others_go_on() -> None:
    tuned = found("odd", trials=10)
    failed = [one for one in tuned.history if one.settings["power"] > 2]
    assert failed
    assert all("The power is above 2." in one.error and math.isnan(one.value) for one in failed)
    assert tuned.failed == len(failed) < 10
    assert recommender_of(tuned.spec).model_dump()["power"] <= 2
    with pytest.raises(BadInput, match="No settings could be fit: The power"):
        found("odd(power=3)", trials=3)


def test_equal_values_leave_the_default() -> None:
    assert found("odd", trials=6).spec == "odd"


def test_given_settings_stay_and_texts_and_seeds_are_not_searched() -> None:
    assert [one.name for one in space(recommender_of("odd"))] == ["power"]
    assert space(recommender_of("odd(power=2)")) == ()
    assert untuned("odd(power=2,title=y)") == "odd(title=y)"
    tuned = found("item_knn(k=7)", trials=4)
    assert all("k" not in one.settings for one in tuned.history)
    assert tuned.settings["k"] == 7


def test_a_narrower_range_is_searched_where_one_is_declared_and_the_default_is_in_reach() -> None:
    (many,) = space(recommender_of("chosen"))
    assert (many.low, many.high, many.whole, many.many) == (4, 6, True, 3)
    for name, cls in RECOMMENDERS.all().items():
        for one in space(cls()):
            assert one.default in one.choices if one.choices else one.low <= one.default <= one.high, name


def test_few_settings_are_all_tried_once_the_default_first() -> None:
    tuned = found("chosen", trials=30)
    assert [one.settings["many"] for one in tuned.history] == [5, 4, 6]
    assert tuned.combinations == 3
    nothing = found("random", trials=30)
    assert (len(nothing.history), nothing.combinations, nothing.spec) == (1, 1, "random")


def test_combinations_by_head() -> None:
    free = (Free("a", "x", ("x", "y")), Free("b", 2, low=1, high=2, whole=True))
    assert size(free) == 4
    assert defaults(free) == {"a": "x", "b": 2}
    assert combinations(free) == [
        {"a": "x", "b": 2},
        {"a": "x", "b": 1},
        {"a": "y", "b": 1},
        {"a": "y", "b": 2},
    ]
    assert size((*free, Free("c", 0.5, low=0, high=1))) == math.inf


def test_a_search_goes_where_values_are_high() -> None:
    """With a value that is best at 300, later trials of TPE are nearer to it than those at random."""
    free = (Free("x", 5_000.0, low=1, high=10_000, log=True),)

    def distance(sampler: Any) -> float:
        asked_for = []
        for given, tell in search(Search(free, sampler, 0, maximise=True), 40):
            asked_for.append(given["x"])
            tell(-abs(math.log(given["x"] / 300)), False)
        assert len(set(asked_for)) == 40
        return float(np.median([abs(math.log(x / 300)) for x in asked_for[20:]]))

    assert distance("tpe") < distance("random") / 2


def test_a_sample_of_people_is_the_same_fold_of_fewer() -> None:
    made = dataset(LOG)
    fold, _split = validation(made, asked(Experiment(data="made"), made, Tuning(recommender="ease")).division)
    part = of_people(fold, 20)
    assert len(part.train.user_ids) == 20
    assert set(part.test.user_ids) <= set(part.train.user_ids)
    assert part.train.positives.shape == (20, 30)
    for row, user in enumerate(part.train.user_ids):
        at = fold.train.user_ids.tolist().index(user)
        assert np.array_equal(part.train.positives[[row]].indices, fold.train.positives[[at]].indices)
        rows, before = part.train.user == row, fold.train.user == at
        assert part.train.item[rows].tolist() == fold.train.item[before].tolist()
    for row, user in enumerate(part.test.user_ids):
        at = fold.test.user_ids.tolist().index(user)
        assert part.train.user_ids[part.test.users[row]] == user
        assert np.array_equal(part.test.truth[[row]].indices, fold.test.truth[[at]].indices)


def test_pruning_by_a_sample_is_said_and_never_chosen() -> None:
    tuned = found("item_knn", trials=16, people=25)
    assert tuned.pruned
    assert not tuned.history[0].pruned
    for at, one in enumerate(tuned.history):
        before = [trial.sample for trial in tuned.history[:at]]
        assert one.pruned == (len(before) >= 4 and one.sample < float(np.median(before)))
        assert (one.people < tuned.people) == one.pruned
    assert tuned.value == max(one.value for one in tuned.history if not one.pruned)


def test_a_lower_value_may_be_the_better_one() -> None:
    assert hopeless(0.5, [0.1, 0.2, 0.3, 0.4], better=-1)
    assert not hopeless(0.1, [0.1, 0.2, 0.3, 0.4], better=-1)


def test_it_can_be_cancelled_between_two_trials() -> None:
    heard: list[str] = []

    def report(fraction: float, message: str) -> None:
        heard.append(message)
        if "trial 3 of 5" in message:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        found("item_knn", report=report, trials=5)
    assert any("trial 2 of 5" in message for message in heard)


def test_optuna_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found("item_knn", trials=12)
    said = capfd.readouterr()
    assert said.out + said.err == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"trials": 0}, "trials"),
        ({"metric": "ndgc"}, "There is no metric named 'ndgc'"),
        ({"sampler": "grid"}, "sampler"),
        ({"k": 0}, "k:"),
    ],
)
def test_what_can_not_be_asked(given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        tuning_of(recommender="ease", **given)


@pytest.mark.parametrize("metric", ["coverage", "auc", "novelty", "calibration"])
def test_a_metric_that_is_not_of_hits_in_lists_can_not_decide(metric: str) -> None:
    with pytest.raises(BadInput, match="can't decide a tuning"):
        tuning_of(recommender="ease", metric=metric)


def test_several_get_the_same_budget_and_one_that_fails_does_not_stop_them(desk: Desk) -> None:
    made, experiment = dataset(LOG), Experiment(data="made")
    specs = ("ease", "odd(power=3)", "item_knn")
    asking = tuple(asked(experiment, made, tuning_of(recommender=one, trials=3)) for one in specs)
    tuned, failures = desk.run(tune_each, made, settings=asking)
    assert [(one.recommender, len(one.history)) for one in tuned] == [("ease", 3), ("item_knn", 3)]
    assert [one.spec for one in failures] == ["odd(power=3)"]
    assert desk.run(tune, made, settings=asking[0]) is tuned[0]  # each is kept by itself


@dataclass(frozen=True)
class Kitchen:
    """A comparison with a tuned recommender, and how it is asked for."""

    compare: Callable[..., Comparison]
    tuned: Tuned


@pytest.fixture
def kitchen(desk: Desk) -> Kitchen:
    made = dataset(LOG)
    asking = asked(Experiment(data="made"), made, tuning_of(recommender="ease", trials=4))
    tuned = desk.run(tune, made, settings=asking)
    return Kitchen(lambda *specs, **more: compared_on(made, recommenders=specs, **more), tuned)


def test_a_comparison_says_who_was_tuned(kitchen: Kitchen) -> None:
    spec = kitchen.tuned.spec
    comparison = kitchen.compare(spec, "ease(l2=77)", "popularity")
    assert set(tuned_of(comparison)) == {spec}
    said = [one["tuned"] for one in comparison_json(comparison)["results"]]
    assert said == [{"trials": 4, "metric": "ndcg", "k": 10, "sampler": "tpe"}, None, None]


def test_it_is_not_said_of_other_parts_or_data(kitchen: Kitchen) -> None:
    spec = kitchen.tuned.spec
    assert tuned_of(kitchen.compare(spec, split="leave_last(n=1)")) == {}
    assert tuned_of(kitchen.compare(spec, seed=3)) == {}
    assert tuned_of(kitchen.compare(spec, exclude_seen="none")) == {}
    assert tuned_of(compared_on(dataset(random_log(seed=5)), recommenders=(spec,))) == {}


def test_what_is_kept_holds_no_ids(kitchen: Kitchen) -> None:
    text = tunings_file().read_text("utf-8")
    assert not [user for user in LOG["user"].unique() if user in text]
    assert not [item for item in LOG["item"].unique() if item in text]
    assert len(json.loads(text)) == 1


def test_the_latest_of_the_same_settings_and_metric_stands(kitchen: Kitchen) -> None:
    (before,) = json.loads(tunings_file().read_text("utf-8"))
    division = Experiment(data="made", **before["division"])
    keep(kitchen.tuned, division, before["data"])
    assert json.loads(tunings_file().read_text("utf-8")) == [before]
    keep(replace(kitchen.tuned, combinations=1), division, "other data")  # there was nothing to tune
    assert json.loads(tunings_file().read_text("utf-8")) == [before]
