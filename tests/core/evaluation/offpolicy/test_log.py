"""The log as arrays, its chances at other positions, examination and health, by head."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from core.evaluation.offpolicy import examination
from core.evaluation.offpolicy.health import as_often, health
from core.evaluation.offpolicy.log import Log
from core.evaluation.offpolicy.marginals import Marginals
from core.evaluation.offpolicy.target import ListTarget, policy_target
from core.work.errors import BadInput
from tests.core.evaluation.offpolicy.made import log, pages

Change = Callable[[pd.DataFrame], pd.DataFrame]


def _log(frame: pd.DataFrame) -> Log:
    return log(frame)


def _checks(found: Log, **shares: float) -> dict[str, tuple[str, str]]:
    return {one.check: (one.verdict, one.detail) for one in health(found, shares)}


def test_a_sound_log_is_in_order() -> None:
    found = _log(pages())
    assert {verdict for verdict, _ in _checks(found).values()} == {"ok"}
    assert (found.slates, found.width, len(found.user_ids)) == (1_200, 2, 40)


def test_pages_with_two_items_at_one_position_are_left_out() -> None:
    frame = pages(people=3, each=2)
    frame = pd.concat([frame, frame.iloc[[0]].assign(item="i007")], ignore_index=True)
    found = _log(frame)
    assert found.slates == 5
    assert _checks(found)["duplicate exposures"][0] == "failed"


def test_pages_of_two_people_are_nobodys() -> None:
    frame = pages(people=3, each=10)
    frame.loc[0, "user"] = "u002"  # the first page, which is of u000
    found = _log(frame)
    assert found.slates == 29
    assert _checks(found)["people of a page"] == (
        "warning",
        "1 pages of more than one person left out",
    )
    frame.loc[[2, 4], "user"] = "u002"
    assert _checks(_log(frame))["people of a page"][0] == "failed"


def test_purchases_without_a_price_take_the_revenue_away_and_that_is_said() -> None:
    frame = pages()
    first = frame.index[frame["purchased"]][0]
    assert _checks(_log(frame.assign(price=np.nan))).get("prices") is None  # no prices at all are no fault
    frame.loc[first, "price"] = np.nan
    assert "1 of " in _checks(_log(frame))["prices"][1]


@pytest.mark.parametrize(("factor", "verdict"), [(1.0, "ok"), (1.2, "failed"), (0.5, "failed")])
def test_propensities_that_are_off_by_a_factor_do_not_come_true(factor: float, verdict: str) -> None:
    frame = pages(people=60, each=60)
    (check,) = as_often(Marginals.of(_log(frame.assign(propensity=frame["propensity"] * factor))))
    assert (check.check, check.verdict) == ("propensities come true", verdict)


def test_chances_that_change_cannot_be_counted_again() -> None:
    frame = pages()
    changing = frame.assign(propensity=np.random.default_rng(0).uniform(0.01, 0.2, len(frame)))
    assert as_often(Marginals.of(_log(changing))) == []


def test_slates_of_different_lengths() -> None:
    frame = pages(people=3, each=2, width=3)
    cut = frame.drop(index=[2, 8])  # the last position of two pages
    found = _log(cut)
    assert sorted(set(found.lengths.tolist())) == [2, 3]
    lists = np.tile([0, 1, 2], (3, 1))
    places = ListTarget(lists).places(found)
    assert (places < found.lengths).all()
    assert _checks(found)["log complete"] == ("ok", "0 of 6 pages of 2 to 3 items have a gap")
    gap = _log(frame.drop(index=[1]))
    assert "1 of 6 pages" in _checks(gap)["log complete"][1]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda f: f.assign(propensity=0.1 + 0.005 * (np.arange(len(f)) % 10)), "propensities"),
        (lambda f: f.assign(propensity=f["propensity"] / 40), "propensities"),
        (lambda f: f.assign(purchased=True), "purchases without a click"),
        (lambda f: f.assign(policy=np.where(f["slate"] % 2, "a", "b")), "people in two policies"),
        (lambda f: f.assign(clicked=f["user"] == "u000"), "clicks of one person"),
        (lambda f: f.assign(item="i001"), "duplicate exposures"),
    ],
    ids=["rounded", "too small", "purchase before click", "two policies", "one person", "one item twice"],
)
def test_what_is_wrong_with_a_log_is_said(change: Change, check: str) -> None:
    found = _log(change(pages()))
    assert _checks(found)[check][0] == "failed"


def test_policies_that_serve_others_than_configured() -> None:
    frame = pages()
    arm = frame["user"].isin([f"u{at:03}" for at in range(36)])
    found = _log(frame.assign(policy=np.where(arm, "a", "b")))
    assert _checks(found, a=0.9, b=0.1)["people by policy"][0] == "ok"
    assert _checks(found, a=0.5, b=0.5)["people by policy"][0] == "failed"
    assert "no shares are configured" in _checks(found)["people by policy"][1]


def _favourite() -> pd.DataFrame:
    """Ten people, eight items: i000 stands on top with chance .7 + .3/8, all else is even."""
    frame = pages(people=10, each=80, items=8)
    page = np.arange(len(frame)) // 2
    frame.loc[(frame["position"] == 1) & (page % 10 < 7), "item"] = "i000"
    mine = frame["item"] == "i000"
    return frame.assign(propensity=np.where(frame["position"] == 2, 0.125, np.where(mine, 0.7375, 0.0375)))


def test_chances_at_other_positions_come_from_other_pages() -> None:
    found = _log(_favourite())
    marginals = Marginals.of(found)
    assert marginals.usable
    row = np.flatnonzero((found.item == 0) & (found.position == 1))[:1]
    assert marginals.at(found, row)[0] == pytest.approx([0.7375, 0.125])


def test_what_was_not_shown_shares_what_is_left() -> None:
    frame = _favourite()
    shown = (frame["position"] == 2) | frame["item"].isin(["i000", "i001"])
    found = _log(frame[~frame["slate"].isin(frame.loc[~shown, "slate"])])
    row = np.flatnonzero((found.item == 2) & (found.position == 1))[:1]
    # on top only i000 and i001 were seen: 1 - .7375 - .0375 is left for six others
    assert Marginals.of(found).at(found, row)[0, 0] == pytest.approx(0.225 / 6)


def test_without_the_favourites_of_most_people_nothing_is_spread_evenly() -> None:
    frame = _favourite()
    few = frame[frame["slate"] % 80 < 2]  # two pages a person: what is left is not even
    marginals = Marginals.of(_log(few[(few["item"] != "i000") | (few["position"] == 2)]))
    assert not marginals.usable


def test_a_short_page_has_no_chance_below_its_end() -> None:
    frame = pages(people=20, each=40, width=3)
    short = frame["slate"] % 2 == 0
    found = _log(frame[~(short & (frame["position"] == 3))])
    row = np.flatnonzero(found.lengths == 2)[:1]
    assert Marginals.of(found).at(found, row)[0, 2] == 0


def test_chances_that_change_are_taken_at_their_own_position() -> None:
    frame = pages()
    rng = np.random.default_rng(0)
    found = _log(frame.assign(propensity=rng.uniform(0.05, 0.5, len(frame))))
    marginals = Marginals.of(found)
    assert not marginals.usable
    own = marginals.at(found, np.array([3]))
    assert own[0, found.position[3]] == pytest.approx(found.propensity[3] * 2)
    assert np.count_nonzero(own) == 1


def test_examination_is_the_click_rate_of_evenly_drawn_items() -> None:
    found = _log(pages(people=200, each=60))
    curve = examination.curve(examination.sums_of_people(found).sum(axis=0))
    assert curve[0] == 1
    assert curve[1] == pytest.approx(0.5, abs=0.03)


def test_a_policy_that_chooses_by_person_is_no_target() -> None:
    found = _log(pages())
    assert policy_target(found, 0).chances[:, 0] == pytest.approx(np.full(8, 1 / 8))
    for_each = np.where(found.item == found.user % 8, 0.9, 0.001)
    with pytest.raises(BadInput, match="by person"):
        policy_target(type(found)(**vars(found) | {"propensity": for_each}), 0)
