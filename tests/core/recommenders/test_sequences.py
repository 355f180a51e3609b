"""Histories as sequences, and what comes next in them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array

from core.data.folds import Train, whole
from core.recommenders.base import recommender_of
from core.recommenders.item2vec import sentences
from core.recommenders.sequences import latest, ordered, windows
from core.work.errors import BadInput
from core.work.report import silent
from tests.making import dataset, log, train_of

PLACES = csr_array(np.array([[2, 0, 1, 3], [0, 0, 0, 0], [0, 1, 0, 0]], dtype=np.float32))


def chains() -> Train:
    """Ten people with a, b, c, d in this order, ten with e, d, c, b: i00 is a."""
    forth, back = ["a 1", "b 2", "c 3", "d 4"], ["e 1", "d 2", "c 3", "b 4"]
    lines = [f"u{who:02} {what}" for who in range(20) for what in (forth if who < 10 else back)]
    return whole(dataset(log(*lines)))


def test_the_latest_items_stand_in_order() -> None:
    # places 2, -, 1, 3: the order is item 2, 0, 3; 4 stands for nothing
    assert latest(PLACES, 2).tolist() == [[0, 3], [4, 4], [1, 4]]
    assert latest(PLACES, 4).tolist() == [[2, 0, 3, 4], [4, 4, 4, 4], [1, 4, 4, 4]]


def test_without_places_the_order_is_that_of_the_items() -> None:
    plain = csr_array(np.array([[1, 0, 1, 1]], dtype=np.float32))
    assert latest(plain, 3).tolist() == [[0, 2, 3]]


def test_nobody_has_a_history() -> None:
    assert latest(csr_array(np.zeros((2, 3), dtype=np.float32)), 2).tolist() == [[3, 3], [3, 3]]


def test_a_window_never_reaches_into_the_row_before() -> None:
    rows = ordered(PLACES)
    assert windows(rows, np.array([0, 2]), np.array([2, 4]), 3).tolist() == [[2, 0, 4], [1, 4, 4]]


def test_sasrec_tells_what_comes_next_by_what_came_before() -> None:
    """After a, b comes c, and after e, d; what comes after c depends on where one came from."""
    scorer = recommender_of("sasrec(factors=16,iterations=60,dropout=0,learning_rate=0.01)").fit(
        chains(), silent
    )
    a, b, c, d, e = range(5)
    cases = {(a, b): c, (e, d): c, (a, b, c): d, (e, d, c): b}
    for before, after in cases.items():
        history = np.zeros((1, 5), dtype=np.float32)
        history[0, list(before)] = np.arange(1, len(before) + 1)
        assert scorer.score(csr_array(history), None)[0].argmax() == after, before


def test_sasrec_reads_no_more_than_the_last_items() -> None:
    """With max_length=1, what came before the last item changes nothing."""
    scorer = recommender_of("sasrec(factors=8,iterations=2,max_length=1)").fit(chains(), silent)
    long, short = np.zeros((2, 1, 5), dtype=np.float32)
    long[0, :3], short[0, 2] = [1, 2, 3], 1
    np.testing.assert_allclose(
        scorer.score(csr_array(long), None), scorer.score(csr_array(short), None), atol=1e-6
    )


def test_sasrec_needs_an_order() -> None:
    with pytest.raises(BadInput, match="order of time"):
        recommender_of("sasrec").fit(train_of([[1, 1], [1, 1]]), silent)


def test_fitting_leaves_the_threads_of_torch_alone() -> None:
    import torch

    before, state = torch.get_num_threads(), torch.get_rng_state()
    recommender_of("sasrec(factors=4,iterations=1)").fit(chains(), silent)
    assert torch.get_num_threads() == before
    assert torch.equal(torch.get_rng_state(), state)


def test_sentences_stand_in_the_order_of_time() -> None:
    assert sentences(chains())[0] == ["0", "1", "2", "3"]
    assert sentences(chains())[10] == ["4", "3", "2", "1"]


def test_without_times_sentences_stand_in_an_order_of_chance_that_the_seed_decides() -> None:
    """Another one for each person: else the same items would be neighbours in every sentence."""
    train = train_of([[1] * 12] * 2)
    first, second = sentences(train)
    assert sorted(map(int, first)) == sorted(map(int, second)) == list(range(12))
    assert first != second
    assert first == sentences(train)[0]
    assert first != sentences(replace(train, seed=1))[0]
