"""What if: lists of an edited history are those that the same history would have got."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.load import load
from core.evaluation.experiment import Experiment, experiment_of
from core.evaluation.protocol import compare
from core.explain.picking import pick
from core.explain.what_if import Edit, WhatIf, what_if
from core.recommenders.linear import LinearScorer
from core.work.desk import Desk
from core.work.errors import BadInput

# tea goes with jam and bun (twice each), pie with ham; ann's last item is held out.
ROWS = {
    "ann": ("tea", "ham"),
    "bo": ("tea", "jam", "bun", "fig"),
    "cy": ("tea", "jam", "bun", "fig"),
    "di": ("pie", "ham", "fig"),
    "ed": ("pie", "ham", "fig"),
}
LOG = "user,item,timestamp\n" + "".join(
    f"{user},{item},{1_700_000_000 + at}\n" for user, items in ROWS.items() for at, item in enumerate(items)
)


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    (tmp_path / "log.csv").write_text(LOG)
    return load(experiment_of({"data": str(tmp_path / "log.csv")}).source)


def asked(data: Dataset, **chosen: object) -> Experiment:
    return experiment_of({"data": "made", "split": "leave_last(n=1)", **chosen}).on(data)


def edit(data: Dataset, user: str = "ann", **chosen: object) -> Edit:
    given = Edit(asked(data), ("item_knn", "popularity"), user, (), (), 3)
    return replace(given, **chosen)  # type: ignore[arg-type]


def shown(result: WhatIf, at: int = 0) -> list[str]:
    return [spot.item for spot in result.lists[at].after]


def test_an_item_put_in_brings_what_goes_with_it(desk: Desk, data: Dataset) -> None:
    """ann has tea: jam and bun come first. With pie as well, ham comes beside them."""
    result = desk.run(what_if, data, settings=edit(data, plus=("pie",)))
    found = result.lists[0]
    assert {spot.item for spot in found.before[:2]} == {"jam", "bun"}
    assert found.follows == "yes"
    assert "ham" in shown(result)
    assert "pie" not in shown(result)  # it is in the history now
    assert (result.history, result.edited) == (1, 2)


def test_an_item_taken_out_may_be_recommended_and_what_it_brought_goes(desk: Desk, data: Dataset) -> None:
    result = desk.run(what_if, data, settings=edit(data, without=("tea",), plus=("pie",)))
    found = result.lists[0]
    assert found.after[0].item == "ham"
    assert "tea" in {spot.item for spot in result.lists[1].after}
    assert {spot.item for spot in found.gone} == {spot.item for spot in found.before} - set(shown(result))


def test_places_say_where_an_item_stood(desk: Desk, data: Dataset) -> None:
    for found in desk.run(what_if, data, settings=edit(data, plus=("pie",))).lists:
        was = {spot.item: spot.rank for spot in found.before}
        assert all(spot.was == was.get(spot.item, 0) for spot in found.after)
        assert [spot.rank for spot in found.after] == list(range(1, len(found.after) + 1))


def test_before_is_the_list_of_the_comparison(desk: Desk, data: Dataset) -> None:
    experiment = asked(data, recommenders=["item_knn", "popularity"])
    made = desk.run(compare, data, settings=experiment)
    result = desk.run(what_if, data, settings=edit(data, experiment=experiment, plus=("pie",)))
    row = int(np.flatnonzero(made.user_ids == "ann")[0])
    for entry, found in enumerate(result.lists):
        items = made.ranked[entry].items[row]
        ids = [str(made.item_ids[at]) for at in items[items >= 0]]
        assert [spot.item for spot in found.before] == ids[:3]


def test_popularity_follows_no_history(desk: Desk, data: Dataset) -> None:
    result = desk.run(what_if, data, settings=edit(data, plus=("pie",)))
    assert result.lists[1].follows == "no"


def test_a_history_from_nothing(desk: Desk, data: Dataset) -> None:
    """Nobody in particular: the list of somebody new who took pie."""
    result = desk.run(what_if, data, settings=edit(data, user="", plus=("pie",)))
    assert shown(result)[0] == "ham"
    assert (result.history, result.edited) == (0, 1)


def test_where_seen_items_may_be_shown_again_nothing_is_masked(desk: Desk, data: Dataset) -> None:
    experiment = asked(data, exclude_seen="none")
    result = desk.run(what_if, data, settings=edit(data, experiment=experiment, plus=("pie",), k=10))
    assert {"tea", "pie"} <= set(shown(result))


def test_ids_that_change_nothing_are_said(desk: Desk, data: Dataset) -> None:
    result = desk.run(what_if, data, settings=edit(data, without=("jam", "<b>"), plus=("tea", "zzz")))
    assert set(result.unknown) == {"<b>", "zzz", "jam"}
    assert result.again == ("tea",)
    assert {found.follows for found in result.lists} == {"unchanged"}
    assert all(found.before == found.after or not found.gone for found in result.lists)


def test_what_is_put_in_is_the_latest(desk: Desk, data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recommender that asks for the order gets places: 1, 2, … and the item put in last."""
    given = []
    score = LinearScorer.score

    def watched(self: LinearScorer, history: object, users: object) -> object:
        given.append(history)
        return score(self, history, users)  # type: ignore[arg-type]

    monkeypatch.setattr(LinearScorer, "ordered", property(lambda _self: True))
    monkeypatch.setattr(LinearScorer, "score", watched)
    desk.run(
        what_if, data, settings=edit(data, user="bo", specs=("item_knn",), without=("tea",), plus=("pie",))
    )
    order = given[-1]
    ids = sorted({item for items in ROWS.values() for item in items})
    places = {ids[at]: value for at, value in zip(order.indices, order.data, strict=True)}  # type: ignore[attr-defined]
    assert places == {"jam": 1, "bun": 2, "pie": 3}


def test_a_recommender_that_cannot_be_fit_says_why_and_the_others_go_on(desk: Desk, data: Dataset) -> None:
    result = desk.run(what_if, data, settings=edit(data, specs=("tfidf", "item_knn"), plus=("pie",)))
    assert "needs words" in result.lists[0].failure
    assert shown(result, 1)


def test_a_stranger_is_refused(desk: Desk, data: Dataset) -> None:
    with pytest.raises(BadInput, match="Nothing of 'zoe' is held out"):
        desk.run(what_if, data, settings=edit(data, user="zoe"))


def test_picking_finds_by_id_and_every_word(data: Dataset) -> None:
    ids = np.array(["bun", "fig", "ham", "jam", "pie", "tea"], dtype=object)
    titles = ["Sweet bun", "Fig", "Ham, sweet", "Plum jam", "Sweet ham pie", "Tea"]
    titled = replace(data, items=data.items.reindex(list(ids)).assign(title=titles))
    assert pick(titled, ids, "SWEET ham", 5) == (["ham", "pie"][::-1], 2)  # titles that begin so come first
    assert pick(titled, ids, "tea", 5) == (["tea"], 1)
    assert pick(titled, ids, "sweet", 1)[1] == 3
    assert pick(titled, ids, "  ", 5) == ([], 0)
    assert pick(titled, ids, "(", 5) == ([], 0)
