"""What every recommender promises. A new one is found by its registry and tested without writing a test."""

import tempfile
from pathlib import Path
from typing import BinaryIO, get_args

import numpy as np
import pytest
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from core.data.folds import Train
from core.recommenders.base import Recommender, Scorer, rank, recommender_of
from core.recommenders.leaving_out import reasons
from core.work import artifacts
from core.work.errors import BadInput
from core.work.report import silent
from tests.contract.things import bounds, excused, fitted, fold, recommenders
from tests.making import history_of

pytestmark = [pytest.mark.parametrize("recommender", recommenders()), pytest.mark.usefixtures("hash_model")]
FOLD = fold()
TRAIN = FOLD.train
WIDTH = len(TRAIN.item_ids)
PEOPLE = np.arange(len(TRAIN.user_ids), dtype=np.int32)


def scored(scorer: Scorer, train: Train = TRAIN) -> np.ndarray:
    return scorer.score(train.positives, np.arange(len(train.user_ids), dtype=np.int32))


def test_fit_is_deterministic_to_the_last_bit(recommender: Recommender) -> None:
    """The same training part gives the same scores, bit for bit."""
    assert np.array_equal(scored(fitted(recommender, TRAIN)), scored(fitted(recommender, TRAIN)))


def test_fit_is_pure(recommender: Recommender) -> None:
    """Fitting and scoring change nothing of what they are given."""
    own = fold().train
    before = own.fingerprint
    own.__dict__.pop("fingerprint")
    scored(fitted(recommender, own), own)
    assert own.fingerprint == before


def test_scores_are_float32_for_every_item(recommender: Recommender) -> None:
    """(B, I) float32, no NaN, nothing infinite but -inf."""
    found = scored(fitted(recommender, TRAIN))
    assert found.shape == (len(PEOPLE), WIDTH)
    assert found.dtype == np.float32
    assert not np.isnan(found).any()
    assert not np.isposinf(found).any()


def test_scoring_twice_is_the_same(recommender: Recommender) -> None:
    """Scores are the caller's to write into: what is done to them does not come back."""
    scorer = fitted(recommender, TRAIN)
    first = scored(scorer)
    kept = first.copy()
    np.require(first, requirements="W").fill(-1)
    assert np.array_equal(scored(scorer), kept)


@pytest.mark.parametrize("users", [None, np.full(2, -1, dtype=np.int32)], ids=["none", "minus one"])
def test_people_unknown_to_training_get_scores(recommender: Recommender, users: np.ndarray | None) -> None:
    """A person without a row in training has a history, and that is enough."""
    histories = TRAIN.positives[[0, 1]]
    found = fitted(recommender, TRAIN).score(histories, users)
    assert found.shape == (2, WIDTH)
    assert not np.isnan(found).any()


def test_none_and_minus_one_are_the_same_stranger(recommender: Recommender) -> None:
    """Both say that nobody in training is meant."""
    scorer, histories = fitted(recommender, TRAIN), TRAIN.positives[[0, 1]]
    assert np.array_equal(
        scorer.score(histories, None), scorer.score(histories, np.full(2, -1, dtype=np.int32))
    )


def test_edited_histories_are_accepted(recommender: Recommender) -> None:
    """A known person may have liked something else: what if."""
    edited = history_of(*np.eye(WIDTH, dtype=int)[:3].tolist())
    found = fitted(recommender, TRAIN).score(edited, np.arange(3, dtype=np.int32))
    assert np.isfinite(found).any(axis=1).all()


def test_an_empty_history_is_accepted(recommender: Recommender) -> None:
    """Nothing is known of somebody new, and still there is a list."""
    found = fitted(recommender, TRAIN).score(csr_array(np.zeros((1, WIDTH), dtype=np.float32)), None)
    assert found.shape == (1, WIDTH)
    assert np.isfinite(found).all()


def test_a_person_is_scored_alone_as_in_company(recommender: Recommender) -> None:
    """The size of a batch changes no score beyond rounding."""
    scorer = fitted(recommender, TRAIN)
    alone = scorer.score(TRAIN.positives[[3]], PEOPLE[3:4])
    np.testing.assert_allclose(alone[0], scored(scorer)[3], rtol=1e-5, atol=1e-5)


def test_lists_hold_no_masked_item_and_none_twice(recommender: Recommender) -> None:
    """What was seen is never recommended again."""
    ranked = rank(fitted(recommender, TRAIN), FOLD.test, TRAIN.item_ids, WIDTH, seed=0)
    for row, own in enumerate(ranked.items):
        shown = own[own >= 0]
        seen = FOLD.test.masked[[row]].indices
        assert not set(shown) & set(seen)
        assert len(shown) == len(set(shown)) == WIDTH - len(seen)
    assert (ranked.scores[:, 1:] <= ranked.scores[:, :-1]).all()


def test_saved_and_loaded_scores_the_same(recommender: Recommender) -> None:
    """A scorer is arrays in files: it comes back and scores the same to the last bit."""
    scorer = fitted(recommender, TRAIN)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def create(file: str) -> BinaryIO:
            return (folder / file).open("wb")

        artifacts.save(scorer, create)
        back = artifacts.load(folder)
        assert np.array_equal(scored(back), scored(scorer))


def test_one_and_two_threads_agree(recommender: Recommender) -> None:
    """Between thread counts scores agree to 1e-5."""
    found = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(scored(fitted(recommender, TRAIN)))
    np.testing.assert_allclose(found[0], found[1], atol=1e-5)


def test_its_spec_is_itself(recommender: Recommender) -> None:
    """What is written on a line or in a link reads back as the same recommender."""
    assert recommender_of(recommender.spec) == recommender
    assert recommender_of(recommender.name) == type(recommender)()


def test_it_learns_from_people(recommender: Recommender) -> None:
    """Another training part gives other scores."""
    excused("learns_from_people", recommender.name)
    half = fold("leave_last(fraction=0.7)").train
    assert not np.array_equal(
        scored(fitted(recommender, TRAIN)), fitted(recommender, half).score(TRAIN.positives, PEOPLE)
    )


def test_contributions_sum_to_the_score(recommender: Recommender) -> None:
    """Where a model says what each item of a history adds, that is all of the score."""
    scorer = fitted(recommender, TRAIN)
    history = TRAIN.positives[[0]]
    for item in range(WIDTH):
        parts = scorer.contributions(history, item)
        if parts is None:
            return
        assert parts.shape == (WIDTH,)
        assert not parts[history.toarray()[0] == 0].any()
        assert parts.sum() == pytest.approx(scorer.score(history, None)[0, item], rel=1e-4, abs=1e-6)


def test_exact_reasons_sum_to_the_score(recommender: Recommender) -> None:
    """What a model says of itself is the whole score, in whichever way it is taken apart."""
    scorer = fitted(recommender, TRAIN)
    history, users = _given(scorer), PEOPLE[[0]]
    scores = scorer.score(history, users)[0]
    for item in range(WIDTH):
        reason = scorer.reason(history, users, item)
        if reason is None:
            return
        for one in (reason, *reason.also):
            whole = one.score if one.stage == "last" else scores[item]
            assert one.exact
            assert one.score == pytest.approx(whole, rel=1e-4, abs=1e-6)
            assert sum(part.weight for part in one.parts) == pytest.approx(whole, rel=1e-4, abs=1e-6)


def test_every_item_gets_a_reason(recommender: Recommender) -> None:
    """The model's own, or an estimate that says that it is one and names items of the history only."""
    scorer = fitted(recommender, TRAIN)
    history = _given(scorer)
    own = set(history.indices.tolist())
    for reason in reasons(scorer, history, PEOPLE[[0]], range(WIDTH)):
        assert np.isfinite([reason.score, *(part.weight for part in reason.parts)]).all()
        assert list(reason.parts) == sorted(reason.parts, key=lambda part: -part.weight)
        assert (reason.stage == "whole") != bool(scorer.pool)
        if not reason.exact:
            assert {part.at for part in reason.parts} <= own


def _given(scorer: Scorer) -> csr_array:
    """The history of the first person, as the scorer asks for it."""
    return FOLD.test.given(scorer.ordered)[[0]]


def test_the_report_can_stop_it(recommender: Recommender) -> None:
    """What the report raises is let through: a cancelled fit ends."""

    class Enough(Exception):
        pass

    def stop(fraction: float, message: str) -> None:
        assert 0 <= fraction <= 1
        raise Enough

    try:
        recommender.fit(TRAIN, stop)
    except Enough:
        return


def test_settings_have_bounds_and_a_description(recommender: Recommender) -> None:
    """A form, a tuner and the reference are made from them."""
    for name, field in type(recommender).model_fields.items():
        assert (field.description or "").strip(), name
        if field.annotation in (int, float):
            low, high = bounds(list(field.metadata))
            assert low is not None, name
            assert high is not None, name
            assert low <= getattr(recommender, name) <= high
        else:
            assert field.annotation in (bool, str) or get_args(field.annotation), name


def test_the_ends_of_its_settings_work(recommender: Recommender) -> None:
    """The smallest and largest value of each setting fit, or say in words why not."""
    for name, field in type(recommender).model_fields.items():
        for end in bounds(list(field.metadata)):
            if end is None:
                continue
            try:
                found = scored(type(recommender).model_validate({name: end}).fit(TRAIN, silent))
            except BadInput:
                continue
            assert not np.isnan(found).any()


def test_an_unknown_setting_is_refused(recommender: Recommender) -> None:
    """A name that is not there is never ignored."""
    with pytest.raises(BadInput, match="surprise"):
        recommender_of(f"{recommender.name}(surprise=1)")


def test_it_says_what_it_is(recommender: Recommender) -> None:
    """A name for the line, a label for people, a docstring that says what it does."""
    assert recommender.name.isidentifier()
    assert recommender.name == recommender.name.lower()
    assert recommender.label.strip()
    assert (type(recommender).__doc__ or "").strip().split("\n")[0].endswith(".")
