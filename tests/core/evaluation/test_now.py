"""Recommending now: from all there is, with reasons that are true of the model."""

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core.evaluation.discreet import discreet
from core.evaluation.experiment import Experiment
from core.evaluation.now import recommend_now
from core.recommenders.base import recommender_of
from core.recommenders.reason import Part, Reason
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import silent
from core.work.store import Store
from tests.making import dataset, log

# tea goes with jam (ann, bo); bun with pie (cy).
LOG = log("ann tea 1", "ann jam 2", "bo tea 3", "bo jam 4", "cy bun 5", "cy pie 6", "di tea 7")
ITEMS = pd.DataFrame({"item": ["tea", "jam"], "title": ["Green tea", "Plum jam"]})


def now(user: str | None, k: int = 3, **chosen: Any) -> pd.DataFrame:
    experiment = Experiment.model_validate({"data": "made", "recommenders": ("item_knn",), **chosen})
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 1_000_000_000), Inline())
        return recommend_now(desk, dataset(LOG, items=ITEMS), experiment, user, k, silent)


def test_one_person_with_a_reason() -> None:
    found = now("di")
    assert found.columns.tolist() == ["user", "item", "rank", "score", "reason"]
    first = found.iloc[0]
    assert (first["item"], first["rank"]) == ("jam", 1)
    assert first["score"] == pytest.approx(2 / (3 * 2) ** 0.5)
    assert first["reason"] == "because of Green tea"
    assert found["reason"].tolist()[1:] == ["", ""]  # nothing speaks for bun and pie
    assert "tea" not in set(found["item"])


def test_every_kind_of_reason_is_said() -> None:
    assert now("di", recommenders=("popularity",))["reason"].tolist()[0] == "liked by 2 of 4 people"
    assert set(now("di", recommenders=("random",))["reason"]) == {"by chance"}
    people = now("di", recommenders=("user_knn",))["reason"].tolist()[0]
    assert people == "liked by 2 of the 2 people most alike; alike in Green tea"


def test_the_group_of_a_personal_column_is_not_named() -> None:
    reason = Reason("segment", (Part(3.0),), 3.0, n=3, of=9, name="lady")
    by = recommender_of("popularity(by=gender)")
    assert discreet(reason, by, ("age",)) == reason
    assert discreet(reason, by, ("gender",)) == Reason("segment", (Part(3.0),), 3.0)


def test_everybody_at_once_as_one_by_one() -> None:
    together = now(None)
    for user in ("ann", "bo", "cy", "di"):
        own = together[together["user"] == user].reset_index(drop=True)
        pd.testing.assert_frame_equal(own.drop(columns="reason"), now(user).drop(columns="reason"))


def test_with_a_split_only_its_training_part_is_learnt() -> None:
    """Left are ann tea, bo tea and cy bun: ann's jam is held out, so nobody likes it and she may see it."""
    found = now("ann", split="leave_last(n=1)", recommenders=("popularity",))
    assert found["item"].tolist()[0] == "bun"
    assert found.set_index("item")["score"].to_dict() == {"bun": 1, "jam": 0, "pie": 0}


def test_only_positive_interactions_are_learnt_and_hidden() -> None:
    frame = log("ann tea 5", "ann jam 1", "bo jam 5", "bo tea 4", columns=("user", "item", "value"))
    experiment = Experiment(data="made", recommenders=("popularity",), positive="rating>=4")
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Store(Path(folder), 1_000_000_000), Inline())
        found = recommend_now(desk, dataset(frame), experiment, "ann", 5, silent)
    assert found["item"].tolist() == ["jam"]  # she did not like it, and may see it again


def test_somebody_unknown_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"no person 'zoe'.*such as ann"):
        now("zoe")
