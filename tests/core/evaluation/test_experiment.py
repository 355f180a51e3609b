"""The Experiment: what determines the numbers, as JSON and back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.evaluation.experiment import Experiment, experiment_of, read_experiment, with_content
from core.work.errors import BadInput
from tests.making import dataset, log, random_log

EXPERIMENTS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    data=st.just("shop"),
    positive=st.sampled_from([None, "", "rating>=4"]),
    exclude_seen=st.sampled_from(["positive", "any", "none"]),
    split=st.sampled_from([None, "leave_last(n=2)", "by_time(test=0.1)"]),
    recommenders=st.lists(
        st.sampled_from(["ease(l2=458)", "popularity", "item_knn(k=5)"]), min_size=1, max_size=3
    ),
    metrics=st.lists(st.sampled_from(["ndcg", "recall"]), min_size=1, max_size=2),
    k=st.lists(st.integers(1, 1000), min_size=1, max_size=5),
    seed=st.integers(0, 2**31 - 1),
)


@given(EXPERIMENTS)
@settings(max_examples=40)
def test_json_and_back_is_the_same(values: dict[str, Any]) -> None:
    experiment = experiment_of(values)
    assert experiment_of(json.loads(json.dumps(experiment.to_json()))) == experiment


def test_a_result_holds_its_experiment(tmp_path: Path) -> None:
    experiment = experiment_of({"data": "shop", "k": [5]})
    alone, inside = tmp_path / "alone.json", tmp_path / "inside.json"
    alone.write_text(json.dumps(experiment.to_json()))
    inside.write_text(json.dumps({"schema": 1, "experiment": experiment.to_json(), "results": []}))
    assert read_experiment(alone) == read_experiment(inside) == experiment


def test_the_defaults_are_those_of_the_contract() -> None:
    experiment = experiment_of({"data": "shop"})
    assert experiment.recommenders == ("popularity", "item_knn", "ease")
    assert experiment.metrics == ("precision", "recall", "ndcg")
    assert experiment.k == (10, 20)
    assert (experiment.seed, experiment.exclude_seen, experiment.min_user, experiment.min_item) == (
        0,
        "positive",
        1,
        1,
    )


def test_cut_offs_are_in_order_and_once() -> None:
    assert experiment_of({"data": "shop", "k": [20, 5, 20]}).k == (5, 20)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Nothing to read is named"),
        ({"data": "x", "train": "a", "test": "b"}, "Both data and train"),
        ({"train": "a"}, "Only one of train and test"),
        ({"data": "x", "k": [0]}, r"k\.0: Input should be greater"),
        ({"data": "x", "k": [10**9]}, r"k\.0"),
        ({"data": "x", "k": []}, "k: "),
        ({"data": "x", "seed": -1}, "seed"),
        ({"data": "x", "schema": 2}, "experiment has schema 2"),
        ({"data": "x", "surprise": 1}, "surprise"),
        ({"data": "x", "metrics": ["ndgc"]}, "no metric named"),
        ({"data": "x", "recommenders": ["eas"]}, "no recommender named"),
        ({"data": "x", "recommenders": []}, "No recommender is selected"),
        ({"data": "x", "split": "leave_first"}, "no split named"),
        ({"data": "x", "exclude_seen": "all"}, "exclude_seen"),
        ({"data": "x", "recommendations": {"ease": "lists.csv"}}, "'ease'.*name of a recommender"),
    ],
)
def test_what_can_not_be_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        experiment_of(values)


@pytest.mark.parametrize("content", ["", "{", "[1]", "3", '{"experiment": 3}', "[" * 100_000, "\udcff"])
def test_a_file_that_holds_no_experiment(content: str, tmp_path: Path) -> None:
    file = tmp_path / "experiment.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadInput, match=r"experiment\.json|surprise|experiment"):
        read_experiment(file)
    with pytest.raises(BadInput, match="can't be read"):
        read_experiment(tmp_path / "none.json")


def test_a_recommender_written_twice_is_fit_once() -> None:
    experiment = Experiment(data="x", recommenders=("ease(l2=458)", "ease( l2 = 458.0 )", "ease(l2=458)"))
    assert [one.spec for one in experiment.fitted()] == ["ease(l2=458)"]


def test_the_data_sets_own_defaults_are_filled_in() -> None:
    made = dataset(random_log())
    own = made.with_origin(positive="rating>=4", split="leave_last(n=2)")
    found = Experiment(data="x").on(own)
    assert (found.positive, found.split, found.fingerprint) == (
        "rating>=4",
        "leave_last(n=2)",
        own.fingerprint,
    )
    given = Experiment(data="x", positive="", split="random(test=0.5)").on(own)
    assert (given.positive, given.split) == ("", "random(test=0.5)")
    assert Experiment(data="x").on(made).split == "by_time(test=0.2)"
    assert Experiment(data="x").on(dataset(log("ann tea -", "bo jam -"))).split == "random(test=0.2)"


def test_a_changed_file_is_another_experiment(tmp_path: Path) -> None:
    log_file, lists = tmp_path / "log.csv", tmp_path / "lists.csv"
    log_file.write_text("user,item\na,b\n")
    lists.write_text("user,item,rank\na,b,1\n")
    experiment = Experiment(data=str(log_file), recommendations={"mine": str(lists)})
    first = with_content(experiment)
    assert first == with_content(experiment)
    lists.write_text("user,item,rank\na,c,1\n")
    assert first.content != with_content(experiment).content
