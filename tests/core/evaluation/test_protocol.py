"""A whole comparison by head: three people, five items, and lists that somebody brought."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.evaluation.comparison import Comparison, verdict
from core.evaluation.metric import metrics
from core.evaluation.record import comparison_json, person_rows, summary_rows
from core.evaluation.uncertainty import means, resampled
from core.recommenders.base import Ranked
from core.work.errors import BadInput
from tests.making import compared_on, dataset, log, random_log

# Items by how many people like them in training: tea 3, jam 2, bun 1, pie 0, fig 0.
PARTED = log(
    "ann tea train",
    "ann jam train",
    "bo tea train",
    "bo jam train",
    "cy tea train",
    "cy bun train",
    "ann bun test",
    "bo pie test",
    "cy jam test",
    "cy fig test",
    columns=("user", "item", "part"),
)


def by_head(**chosen: Any) -> Comparison:
    return compared_on(dataset(PARTED), **{"recommenders": ("popularity",), "k": (1, 2), **chosen})


def value(found: Comparison, name: str, k: int, user: str, row: int = 0) -> float:
    at = found.user_ids.tolist().index(user)
    return float(found.values[row, found.column(name, k), at])


def test_popularity_by_head() -> None:
    """ann has seen tea and jam: her first is bun, a hit. bo's first is bun. cy's first is jam, a hit."""
    found = by_head()
    assert [value(found, "precision", 1, user) for user in ("ann", "bo", "cy")] == [1, 0, 1]
    assert value(found, "recall", 1, "cy") == 1 / 2
    assert value(found, "ndcg", 1, "cy") == 1
    assert found.estimates[0][found.column("precision", 1)].mean == pytest.approx(2 / 3)


def test_lists_never_hold_what_was_seen_and_end_with_the_catalogue() -> None:
    found = by_head()
    names = [[found.item_ids[item] for item in row if item >= 0] for row in found.ranked[0].items]
    assert set(names[0]) == {"bun", "pie", "fig"}
    assert set(names[2]) == {"jam", "pie", "fig"}


def candidates(folder: Path) -> str:
    path = folder / "candidates.csv"
    path.write_text("user,item\nann,fig\nann,bun\nann,tea\nbo,bun\nbo,fig\ncy,fig\ncy,pie\n")
    return str(path)


def test_candidates_by_head(tmp_path: Path) -> None:
    """Exactly these are ranked, seen or not: ann tea bun fig; bo bun fig, without pie, so no hit;
    cy fig or pie, which nobody likes in training: a tie that the hash decides.
    """
    found = by_head(candidates=candidates(tmp_path), k=(1, 2, 3))
    names = [[str(found.item_ids[item]) for item in row if item >= 0] for row in found.ranked[0].items]
    assert names[0] == ["tea", "bun", "fig"]
    assert names[1] == ["bun", "fig"]
    assert set(names[2]) == {"fig", "pie"}
    assert value(found, "precision", 1, "ann") == 0
    assert value(found, "precision", 2, "ann") == 1 / 2
    assert value(found, "ndcg", 2, "ann") == pytest.approx(1 / math.log2(3))
    assert value(found, "recall", 3, "bo") == 0  # pie is no candidate and stays in the denominator
    assert value(found, "recall", 3, "cy") == 1 / 2
    assert any(one.check == "sampled candidates" and one.verdict == "warning" for one in found.integrity)


def lists(folder: Path, content: str) -> dict[str, str]:
    path = folder / "lists.csv"
    path.write_text(content)
    return {"mine": str(path)}


def test_ready_made_lists_stand_beside_recommenders(tmp_path: Path) -> None:
    rows = "user,item,rank\nann,tea,1\nann,bun,2\nbo,pie,1\n"
    found = by_head(recommendations=lists(tmp_path, rows))
    assert [entry.name for entry in found.entries] == ["popularity", "mine"]
    assert value(found, "precision", 1, "ann", row=1) == 0
    assert value(found, "precision", 2, "ann", row=1) == 1 / 2
    assert value(found, "recall", 1, "bo", row=1) == 1
    assert value(found, "recall", 1, "cy", row=1) == 0  # without a list
    assert found.estimates[1][0].n == 3
    seen = next(one for one in found.integrity if one.check == "seen items recommended")
    assert (seen.verdict, seen.detail.split()[-1]) == ("warning", "1")  # ann has had tea


def test_two_of_a_kind_carry_their_full_spec() -> None:
    found = by_head(recommenders=("ease(l2=5)", "ease", "popularity"))
    assert [entry.name for entry in found.entries] == ["ease(l2=5)", "ease", "popularity"]
    assert [entry.settings for entry in found.entries] == [
        {"l2": 5.0},
        {"l2": 500.0},
        {"half_life": 0.0, "by": ""},
    ]
    assert by_head(recommenders=("ease(l2=5)",)).entries[0].name == "ease"


def test_who_can_not_take_part_is_said_and_the_others_go_on() -> None:
    found = by_head(recommenders=("tfidf", "popularity"))
    assert [entry.name for entry in found.entries] == ["popularity"]
    assert [failure.spec for failure in found.failures] == ["tfidf"]
    assert any(one.check == "tfidf" and one.verdict == "failed" for one in found.integrity)
    with pytest.raises(BadInput, match="needs words"):
        by_head(recommenders=("tfidf",))


def test_unseen_people_are_all_judged_once() -> None:
    found = compared_on(
        dataset(random_log(people=12, items=20, each=10)),
        recommenders=("popularity", "item_knn", "user_knn"),
        split="unseen_users(folds=3,given=0.8)",
    )
    assert found.user_ids.tolist() == [f"u{at:03}" for at in range(12)]
    assert (np.diff(found.truth.indptr) == 2).all()
    assert (np.diff(found.history.indptr) == 8).all()


def test_the_verdict_names_the_leader_and_who_is_tied() -> None:
    data = dataset(random_log(people=80, items=40, each=12))
    found = compared_on(data, recommenders=("random", "popularity", "popularity"), split="leave_last(n=3)")
    assert len(found.entries) == 2
    said = verdict(found, found.column("recall", 20))
    assert found.entries[said.leader].name == "popularity"
    assert said.tied == ()
    assert (said.tied_pairs, said.pairs) == (0, 1)
    with pytest.raises(BadInput, match="recall@7 was not computed"):
        found.column("recall", 7)


def test_where_less_is_better_the_lowest_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    found = by_head(recommenders=("random", "popularity"), metrics=("recall",))
    at = found.column("recall", 2)
    best = found.best_first(at)
    less = {key: replace(metric, better="lower") for key, metric in metrics().items()}
    monkeypatch.setattr("core.evaluation.comparison.metrics", lambda: less)
    assert found.best_first(at) == best[::-1]
    assert verdict(found, at).leader == best[-1]
    (gap,) = found.differences(at)
    assert found.better_first(gap, at).first == best[-1]


def test_the_record_has_the_form_of_the_contract() -> None:
    found = comparison_json(by_head(metrics=("ndcg", "recall")))
    assert list(found) == ["schema", "experiment", "dataset", "results", "clicks", "integrity"]
    assert found["schema"] == 1
    assert found["clicks"] == []
    assert {"name", "fingerprint", "users", "items", "interactions"} == set(found["dataset"])
    (result,) = found["results"]
    assert list(result) == [
        "recommender",
        "settings",
        "fit_s",
        "recommend_s",
        "peak_mb",
        "per_1000_p50_s",
        "per_1000_p95_s",
        "blocks",
        "metrics",
        "tuned",
        "language_model",
    ]
    assert result["language_model"] is None
    assert [(one["name"], one["variant"], one["k"]) for one in result["metrics"]] == [
        ("ndcg", "standard", 1),
        ("ndcg", "standard", 2),
        ("ndcg", "untruncated", 1),
        ("ndcg", "untruncated", 2),
        ("recall", "standard", 1),
        ("recall", "standard", 2),
    ]
    assert set(result["metrics"][0]) == {"name", "variant", "k", "mean", "low", "high", "n"}
    assert all(set(one) == {"check", "verdict", "detail"} for one in found["integrity"])


def test_summary_and_person_rows_are_the_same_numbers() -> None:
    found = by_head(recommenders=("popularity", "random"))
    summary, people = summary_rows(found), person_rows(found)
    assert summary.columns.tolist() == ["recommender", "metric", "variant", "k", "mean", "low", "high", "n"]
    assert people.columns.tolist() == ["recommender", "metric", "variant", "k", "user", "value"]
    keys = ["recommender", "metric", "variant", "k"]
    averaged = people.groupby(keys, sort=False)["value"].mean()
    pd.testing.assert_series_equal(
        summary.set_index(keys)["mean"], averaged, check_names=False, check_exact=False, rtol=1e-12
    )


def test_the_same_seed_gives_the_same_comparison_and_another_seed_does_not() -> None:
    data = dataset(random_log())
    one, same, other = (
        compared_on(data, recommenders=("random",), split="random(test=0.2)", seed=seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(one.values, same.values)
    assert np.array_equal(one.draws, same.draws)
    assert not np.array_equal(one.ranked[0].items, other.ranked[0].items)


def verdict_of(found: Comparison, check: str) -> str:
    return next((one.verdict for one in found.integrity if one.check == check), "absent")


def test_a_pair_in_both_given_files_is_a_leak() -> None:
    """bo's pie is moved into training as well: the test row is dropped, and it is said loudly."""
    leaking = pd.concat([PARTED, log("bo pie train", columns=("user", "item", "part"))])
    found = compared_on(dataset(leaking), recommenders=("popularity",), k=(1,))
    assert verdict_of(found, "test pairs already seen in training") == "warning"
    assert verdict_of(by_head(), "test pairs already seen in training") == "absent"


def test_candidates_override_the_mask(tmp_path: Path) -> None:
    """ann's tea is a candidate though she has seen it: exactly the candidates are ranked."""
    found = by_head(candidates=candidates(tmp_path))
    shown = {found.item_ids[item] for item in found.ranked[0].items[0] if item >= 0}
    assert shown == {"fig", "bun", "tea"}


def test_other_data_than_recorded_are_said() -> None:
    assert verdict_of(by_head(fingerprint="0" * 64), "data changed") == "warning"
    assert verdict_of(by_head(), "data changed") == "absent"


def sampled(values: list[list[float]], asked: list[bool]) -> Comparison:
    """A comparison of two recommenders whose second was asked about some people only."""
    found = by_head(recommenders=("popularity", "random"), metrics=("ndcg",), k=(5,))
    many = len(asked)
    table = np.array(values, dtype=np.float64)[:, None, :]
    table = np.repeat(table, len(found.columns), axis=1)
    flat = table.reshape(-1, many).T
    shape = (2, len(found.columns))
    ids = np.array([f"u{at}" for at in range(many)], dtype=object)
    lists = tuple(
        Ranked(ids, np.zeros((many, 1), np.int32), np.zeros((many, 1), np.float32), mask)
        for mask in (None, np.array(asked))
    )
    return replace(
        found,
        user_ids=ids,
        values=table,
        whole=means(flat)[0].reshape(shape),
        draws=resampled(flat, 0).reshape(*shape, -1),
        ranked=lists,
    )


NOBODY = float("nan")


def test_a_sample_of_lucky_people_does_not_lead() -> None:
    """Over its five people the second has .6, as the first has over these; over all, the first has .3."""
    first = [0.6] * 5 + [0.2] * 15
    second = [0.6] * 5 + [NOBODY] * 15
    found = sampled([first, second], [True] * 5 + [False] * 15)
    assert [row[0].n for row in found.estimates] == [20, 5]
    (gap,) = found.differences(0)
    assert (gap.estimate.mean, gap.estimate.n) == (0.0, 5)
    assert verdict(found, 0).leader == 0
    assert verdict(found, 0).tied == (1,)


def test_a_sample_leads_where_it_is_better_for_its_own_people() -> None:
    first = [0.1, 0.2] * 10 + [0.9] * 5
    second = [0.5, 0.6] * 10 + [NOBODY] * 5
    found = sampled([first, second], [True] * 20 + [False] * 5)
    (gap,) = found.differences(0)
    assert gap.estimate.mean == pytest.approx(-0.4)
    assert verdict(found, 0).leader == 1
