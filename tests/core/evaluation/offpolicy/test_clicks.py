"""The whole way from impressions to figures, on logs whose truth is known."""

import tempfile
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pytest

from core.evaluation.offpolicy.asked import By, Clicks, asked_of
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.offpolicy.estimator import estimators
from core.evaluation.offpolicy.record import clicks_check, clicks_json, clicks_rows
from core.evaluation.offpolicy.words import reason, why_not
from core.evaluation.protocol import compare
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.store import Store
from tests.core.evaluation.offpolicy.made import answered, asked, experiment, history, pages, world
from tests.making import dataset, random_log
from tests.models import HashModel


def test_rates_of_popular_lists_are_near_their_truth() -> None:
    found = asked(world(pages(people=60, each=60)))
    one = found.figure("popularity", "ctr", "pbm")
    assert one is not None and one.verdict.grade == "green"
    # i000 and i001 are the most popular: (.9 + .5 · (.9 - .8/7)) / 2
    truth = (0.9 + 0.5 * (0.9 - 0.8 / 7)) / 2
    assert one.estimate.low < truth < one.estimate.high
    assert one.estimate.mean == pytest.approx(truth, abs=0.06)
    assert one.estimate.n == 60


def test_purchases_are_half_of_the_clicks_and_cost_ten() -> None:
    found = asked(world(pages(people=60, each=60)))
    per_click = found.figure("popularity", "cvr", "pbm")
    bought, revenue = (found.figure("popularity", name, "pbm") for name in ("ctcvr", "revenue"))
    assert per_click is not None and bought is not None and revenue is not None
    assert per_click.estimate.mean == pytest.approx(0.5, abs=0.08)
    assert revenue.estimate.mean == pytest.approx(10 * bought.estimate.mean)
    assert per_click.support == bought.support


def test_popular_lists_are_told_apart_from_random_ones() -> None:
    found = asked(world(pages(people=60, each=60)))
    (gap,) = found.differences("ctr", "pbm")
    assert gap.settled
    assert found.who[gap.first].spec == "popularity" and gap.estimate.low > 0


@pytest.mark.parametrize("name", ["ips", "pbm", "dr", "dm", "cressie_read"])
@pytest.mark.parametrize("what", ["position", "day", "segment"])
def test_groups_add_up(what: Literal["position", "day", "segment"], name: str) -> None:
    data = world(pages(people=20, each=20))
    users = np.array([f"u{at:03}" for at in range(20)], dtype=object)
    by = By("segment", users, (np.arange(20) % 2).astype(np.int32), ("even", "odd"))
    if what != "segment":
        by = By(what)
    question = asked_of(experiment(data), 2, (name,), 100)
    whole = answered(data, question)
    parts = answered(data, asked_of(experiment(data), 2, (name,), 100, by))
    assert len(parts.groups) == {"position": 2, "day": 1, "segment": 2}[what]
    ctr = [parts.figure("popularity", "ctr", name, at) for at in range(len(parts.groups))]
    mean = np.mean([one.estimate.mean for one in ctr if one is not None])
    everyone = whole.figure("popularity", "ctr", name)
    assert everyone is not None
    exact = what == "day" or name in ("ips", "pbm", "dr", "dm")  # sums, of groups of one size
    assert mean == pytest.approx(everyone.estimate.mean, rel=1e-9 if exact else 0.2)


def _why(found: Clicks) -> str:
    return why_not(found)


def test_what_cannot_be_known_is_said() -> None:
    frame = pages(people=10, each=5)
    assert "no impressions" in _why(asked(world(frame.head(0))))
    assert "no propensities" in _why(asked(world(frame.drop(columns="propensity"))))
    assert "clicked" in _why(asked(world(frame.assign(clicked=False, purchased=False))))
    assert "no moment" in _why(asked(world(frame), split="random(test=0.2)"))
    assert "after the split's moment" in _why(asked(world(frame.assign(timestamp=1_000))))


def test_some_missing_propensities_leave_their_pages_out() -> None:
    frame = pages(people=10, each=5)
    frame.loc[[0, 7], "propensity"] = np.nan
    found = asked(world(frame))
    assert found.slates == 48
    assert [did.count for did in found.left_out] == [2]


def test_estimators_that_need_more_say_what() -> None:
    found = asked(world(pages(people=10, each=5)), tuple(estimators()))
    lacks = {one.estimator: one.lacks for one in found.figures if one.lacks}
    assert lacks == {
        "rips": "prefix",
        "snrips": "prefix",
        "cascade_dr": "prefix",
        "sips": "slate",
        "snsips": "slate",
        "pseudo_inverse": "independent",
    }
    assert all(reason(one) for one in found.figures if one.verdict.grade != "green")


def test_joint_chances_bring_the_estimators_of_pages() -> None:
    frame = pages(people=60, each=60)
    frame = frame.assign(
        prefix_propensity=np.where(frame["position"] == 1, 1 / 8, 1 / 56), slate_propensity=1 / 56
    )
    names = ("rips", "sips", "cascade_dr", "snrips", "snsips")
    found = asked(world(frame), names)
    truth = (0.9 + 0.5 * (0.9 - 0.8 / 7)) / 2
    for name in names:
        one = found.figure("popularity", "ctr", name)
        assert one is not None and not one.lacks
        assert one.estimate.low < truth < one.estimate.high, name


def test_lists_that_the_log_never_shows_are_refused() -> None:
    frame = pages()
    rare = frame[~frame["slate"].isin(frame.loc[frame["item"].isin(["i000", "i001"]), "slate"])]
    found = asked(world(rare))
    one = found.figure("popularity", "ctr", "pbm")
    assert one is not None and one.verdict.grade == "refused"
    assert "Nothing of these lists" in reason(one)


def test_one_person_who_clicks_half_is_never_green() -> None:
    frame = pages()
    mine = frame["user"] == "u000"
    clicked = np.where(mine, True, frame["clicked"] & (frame["slate"] % 40 == 0))
    found = asked(world(frame.assign(clicked=clicked, purchased=False)))
    assert {one.verdict.grade for one in found.figures} <= {"amber", "refused"}


def test_order_of_rows_changes_nothing() -> None:
    frame = pages(people=12, each=10)
    turned = frame.sample(frac=1, random_state=1)
    first, second = asked(world(frame)), asked(world(turned))
    assert [one.estimate for one in first.figures] == [one.estimate for one in second.figures]


def test_what_leaves_the_house() -> None:
    found = asked(world(pages(people=60, each=60)))
    rows = clicks_rows(found)
    assert {row["metric"] for row in rows} == {"ctr", "ctcvr", "cvr", "revenue"}
    for row in rows:
        assert (row["value"] is None) == (row["verdict"] == "refused")
        assert bool(row["reason"]) == (row["verdict"] != "green")
    whole = clicks_json(found)
    assert [one["position"] for one in whole["examination"]] == [1, 2]
    assert clicks_check(found).verdict == "ok"
    nothing = asked(world(pages(people=10, each=5).head(0)))
    assert clicks_check(nothing).detail.startswith("Not measurable")
    assert clicks_json(nothing)["clicks"] == []


def test_ids_of_policies_are_text() -> None:
    frame = pages(people=10, each=5)
    frame = frame.assign(policy=pd.Series([1, 2] * (len(frame) // 2)))
    assert asked(world(frame)).health


def test_pages_of_different_lengths() -> None:
    """Half of the people see one place only: their lists are cut there."""
    frame = pages(people=60, each=60)
    small = frame["user"].isin([f"u{at:03}" for at in range(30)])
    found = asked(world(frame[~(small & (frame["position"] == 2))]))
    first, second = 0.9, 0.5 * (0.9 - 0.8 / 7)
    truth = (2 * first + second) / 3  # of an impression: two people in three see the first place
    for name in ("pbm", "snips"):
        one = found.figure("popularity", "ctr", name)
        assert one is not None and one.estimate.low < truth < one.estimate.high


def test_a_split_may_leave_narrower_pages() -> None:
    frame = pages(people=40, each=30, width=3)
    early = frame["slate"] % 10 == 0
    moved = frame.assign(timestamp=np.where(early, 1_000, frame["timestamp"]))
    assert asked(world(moved[early | (frame["position"] < 3)]), k=3).figures


def test_a_log_without_chance_tells_nothing_else() -> None:
    assert "without chance" in _why(asked(world(pages(people=10, each=5).assign(propensity=1.0))))


def test_nothing_is_said_of_fewer_than_five_people() -> None:
    found = asked(world(pages(people=4, each=200)))
    assert {one.verdict.code for one in found.figures} == {"people"}


def test_position_by_position_pages_are_not_weighed() -> None:
    frame = pages(people=20, each=20)
    joint = frame.assign(
        prefix_propensity=np.where(frame["position"] == 1, 1 / 8, 1 / 56), slate_propensity=1 / 56
    )
    data = world(joint)
    found = answered(data, asked_of(experiment(data), 2, ("rips", "sips"), 100, By("position")))
    assert {one.lacks for one in found.figures} == {"position"}


def test_conversion_is_no_surer_than_the_clicks_below_it() -> None:
    found = asked(world(pages(people=60, each=60)), ("dm", "pbm"))
    grades = ("green", "amber", "refused")
    for one in found.figures:
        if one.metric == "cvr":
            below = found.figure(found.who[one.who].spec, "ctr", one.estimator)
            assert below is not None
            assert grades.index(one.verdict.grade) >= grades.index(below.verdict.grade)


def test_clicks_without_an_impression_are_counted() -> None:
    frame = pages(people=10, each=20)
    hidden = frame.loc[frame["item"] == "i007", "slate"]
    seen = dataset(
        pd.concat(
            [
                history(10, 8).assign(kind="view"),
                pd.DataFrame(
                    {
                        "user": ["u000", "u001"],
                        "item": ["i007", "i000"],
                        "timestamp": 1_999_000,
                        "kind": "click",
                    }
                ),
            ],
            ignore_index=True,
        ),
        impressions=frame[~frame["slate"].isin(hidden)],
    )
    checks = {one.check: one for one in asked(seen, split="by_time(test=0.1)").health}
    assert checks["clicks without an impression"].verdict == "failed"
    assert checks["clicks without an impression"].detail == "1 of 2 clicks"


def test_a_language_model_is_asked_nothing_that_the_comparison_did_not_ask(hash_model: HashModel) -> None:
    ids = [f"i{at:03}" for at in range(8)]
    titles = pd.DataFrame({"item": ids, "title": ids})
    data = dataset(history(30, 8), impressions=pages(people=30, each=30), items=titles)
    chosen = experiment(
        data, recommenders=["llm_rerank(of=popularity,people=5)"], split="by_time(test=0.3)", k=[2]
    )
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 10**9), Inline())
        compared = desk.run(compare, data, settings=chosen)
        before = len(hash_model.asked)
        found = desk.run(clicks, data, settings=asked_of(chosen, 2, ("pbm",), 100))
    assert before > 0 and len(hash_model.asked) == before
    (who,) = found.who
    sample = compared.ranked[0].asked
    assert sample is not None and who.people == int(sample.sum()) == 5


def test_wrong_propensities_are_never_green() -> None:
    frame = pages(people=60, each=60)
    found = asked(world(frame.assign(propensity=frame["propensity"] * 2), people=60))
    assert {one.verdict.grade for one in found.figures} <= {"amber", "refused"}
    assert "propensities come true" in {one.check for one in found.health if one.verdict == "failed"}


def test_rates_stay_below_one() -> None:
    found = asked(world(pages(people=60, each=60, worth=np.full(8, 0.999)), people=60))
    rates = [
        one.estimate for one in found.figures if one.metric != "revenue" and np.isfinite(one.estimate.mean)
    ]
    assert all(one.low >= 0 and one.high <= max(1.0, one.mean) for one in rates)


def test_pages_without_a_time_are_not_early_ones() -> None:
    frame = pages().astype({"timestamp": "float64"})
    assert asked(world(frame.assign(timestamp=np.nan))).unmeasured == "no times"
    frame.loc[[0, 1], "timestamp"] = np.nan
    found = asked(world(frame))
    assert [(one.step, one.count) for one in found.left_out] == [("pages without a time", 1)]


def test_people_without_a_list_are_counted() -> None:
    """Two of forty people took everything, so nothing is left to recommend to them."""
    everything = [
        {"user": f"u{person:03}", "item": f"i{item:03}", "timestamp": 1_000 + item}
        for person in (7, 8)
        for item in range(8)
    ]
    before = pd.concat([random_log(40, 8, 4), pd.DataFrame(everything)], ignore_index=True)
    known = {(user, item) for user, item in zip(before["user"], before["item"], strict=True)}
    late = [
        {"user": user, "item": next(f"i{at:03}" for at in range(8) if (user, f"i{at:03}") not in known)}
        for user in ("u000", "u001")
    ]
    rows = pd.concat([before, pd.DataFrame(late).assign(timestamp=1_999_999)], ignore_index=True)
    found = asked(dataset(rows, impressions=pages()), exclude_seen="positive")
    assert [(one.step, one.count) for one in found.left_out] == [("pages of people without a list", 60)]
