"""Recommenders that are made of others: mixed, in two stages, reordered."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from core.data.folds import Test, Train
from core.recommenders.base import parts_in, rank, recommender_of, with_parts
from core.recommenders.hybrid import places, scaled
from core.recommenders.lambdamart import lessons
from core.recommenders.reason import Reason
from core.work.errors import BadInput
from core.work.report import silent
from tests.making import history_of, train_of

# Popularity: i0 four, i1 three, i2 two, i3 one.
STAIRS = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]]
ITEMS = pd.DataFrame(
    {
        "item": ["i00", "i01", "i02", "i03"],
        "category": ["tea", "tea", "jam", "jam|bun"],
        "title": list("abcd"),
    }
)


def listed(spec: str, train: Train, history: csr_array, k: int = 4) -> list[list[str]]:
    """The lists of strangers with these histories, nothing masked but the history."""
    many = history.shape[0]
    strangers = np.full(many, -1, dtype=np.int32)
    names = np.array([f"s{at}" for at in range(many)], dtype=object)
    test = Test(names, strangers, history, history, history)
    ranked = rank(recommender_of(spec).fit(train, silent), test, train.item_ids, k, 0)
    return [[train.item_ids[item] for item in row if item >= 0] for row in ranked.items]


def test_scores_are_brought_to_zero_to_one() -> None:
    found = scaled(np.array([[2, 4, 3], [1, 1, 1], [-np.inf, 0, 5]], dtype=np.float32))
    assert found.tolist() == [[0, 1, 0.5], [0, 0, 0], [0, 0, 1]]


def test_equal_scores_share_the_best_of_their_ranks() -> None:
    assert places(np.array([[5, 9, 5, 1]], dtype=np.float32)).tolist() == [[2, 1, 2, 4]]


def test_a_hybrid_of_scores_by_head() -> None:
    # Popularity scaled: 1, 2/3, 1/3, 0. Twice that and nothing else.
    train = train_of(STAIRS)
    nobody = history_of([0, 0, 0, 0])
    found = recommender_of("hybrid(of=popularity+random,weights=2+1)").fit(train, silent)
    np.testing.assert_allclose(found.score(nobody, None), [[2, 4 / 3, 2 / 3, 0]], rtol=1e-6)


def test_a_hybrid_of_ranks_by_head() -> None:
    train = train_of(STAIRS)
    found = recommender_of("hybrid(of=popularity,by=ranks,smoothing=1)").fit(train, silent)
    np.testing.assert_allclose(
        found.score(history_of([0, 0, 0, 0]), None), [[1 / 2, 1 / 3, 1 / 4, 1 / 5]], rtol=1e-6
    )


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("hybrid(of=ease+nonsense)", "nonsense"),
        ("hybrid(of=ease,weights=1+2)", "2 numbers, of 1"),
        ("hybrid(weights=-1+2+1)", "weights"),
        ("mmr(of=mmr(of=mmr(of=mmr(of=mmr(of=mmr)))))", "within each other"),
        ("hybrid(of=)", "of"),
    ],
)
def test_what_a_composed_recommender_can_t_be_made_of(spec: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        recommender_of(spec)


def test_what_reorders_can_t_be_mixed() -> None:
    with pytest.raises(BadInput, match="reorders lists"):
        recommender_of("hybrid(of=mmr(by=people))").fit(train_of(STAIRS), silent)


def test_a_recommender_knows_its_parts_at_any_depth() -> None:
    found = recommender_of("rules(of=hybrid(of=ease(l2=7)+random))")
    assert [one.spec for one in parts_in(found)] == ["hybrid(of=ease(l2=7)+random)"]
    assert [one.name for one in with_parts(found)] == ["rules", "hybrid", "ease", "random"]
    assert recommender_of(found.spec) == found


def test_diversity_takes_turns_between_categories() -> None:
    train = train_of(STAIRS, ITEMS)
    nobody = history_of([0, 0, 0, 0])
    assert listed("mmr(of=popularity,diversity=0)", train, nobody) == [["i00", "i01", "i02", "i03"]]
    # After i00 (tea, 1): i01 .5·2/3 - .5·1 < i02 .5·1/3 - 0; then i03 0 - .5·.7 < i01 1/3 - 1/2.
    assert listed("mmr(of=popularity,diversity=0.5)", train, nobody) == [["i00", "i02", "i01", "i03"]]


def test_a_calibrated_list_spreads_as_the_history_does() -> None:
    train = train_of([*STAIRS, [0, 0, 0, 1]], ITEMS)
    jam = history_of([0, 0, 1, 0])
    assert listed("calibrated(of=popularity,weight=0)", train, jam) == [["i00", "i01", "i03"]]
    assert listed("calibrated(of=popularity,weight=1)", train, jam)[0][0] == "i03"


def test_rules_pin_leave_out_boost_and_limit() -> None:
    train = train_of(STAIRS, ITEMS)
    nobody = history_of([0, 0, 0, 0])
    order = {
        "": ["i00", "i01", "i02", "i03"],
        ",pin=i03+i02": ["i03", "i02", "i00", "i01"],
        ",exclude=tea": ["i02", "i03"],
        ",exclude=i00": ["i01", "i02", "i03"],
        ",boost=jam,boost_by=0.5": ["i00", "i02", "i01", "i03"],  # jam + 3/2: 3.5 and 2.5, tea 4 and 3
        ",at_most=1,length=2": ["i00", "i02", "i01", "i03"],
    }
    for rule, expected in order.items():
        assert listed(f"rules(of=popularity{rule})", train, nobody) == [expected], rule


def test_a_pinned_item_is_not_shown_to_who_has_it() -> None:
    train = train_of(STAIRS, ITEMS)
    assert listed("rules(of=popularity,pin=i03)", train, history_of([0, 0, 0, 1])) == [["i00", "i01", "i02"]]


@pytest.mark.parametrize("rule", ["pin=i99", "exclude=cheese", "pin=tea"])
def test_rules_for_what_is_not_there_are_refused(rule: str) -> None:
    with pytest.raises(BadInput, match="there is no such"):
        recommender_of(f"rules(of=popularity,{rule})").fit(train_of(STAIRS, ITEMS), silent)


@pytest.mark.parametrize("spec", ["mmr", "calibrated"])
def test_stages_that_need_categories_say_so(spec: str) -> None:
    with pytest.raises(BadInput, match="needs categories"):
        recommender_of(spec).fit(train_of(STAIRS), silent)


def groups(people: int = 200) -> np.ndarray:
    """Two halves of people with half of ten items each, of which each likes most."""
    rng = np.random.default_rng(3)
    block = np.kron(np.eye(2, dtype=int), np.ones((people // 2, 10), dtype=int))
    return block * (rng.random(block.shape) < 0.7)


def test_two_stages_learn_what_people_take() -> None:
    matrix = groups()
    train = train_of(matrix.tolist())
    scorer = recommender_of("two_stage(of=popularity+item_knn,candidates=20,trees=20)").fit(train, silent)
    history = history_of([1, 1, 1, *[0] * 17])
    test = Test(np.array(["s"], object), np.array([-1], np.int32), history, history, history)
    found = rank(scorer, test, train.item_ids, 7, 0).items[0]
    assert set(found) == set(range(3, 10))  # those of the own half, though the other is as popular


def test_a_ranker_s_reason_names_features_that_sum_to_its_score() -> None:
    train = train_of(groups().tolist())
    scorer = recommender_of("two_stage(of=popularity+item_knn,candidates=10,trees=20)").fit(train, silent)
    reason = scorer.reason(history_of([1, 1, 1, *[0] * 17]), None, 4)
    assert isinstance(reason, Reason)
    assert reason.stage == "last"
    assert sum(part.weight for part in reason.parts) == pytest.approx(reason.score)
    assert any("item_knn" in part.name for part in reason.parts)
    assert reason.parts[-1].name == "every candidate alike"


def test_a_ranker_learns_from_histories_in_order() -> None:
    """Sources that ask for the order of a history get it in the lessons too."""
    seen: list[float] = []

    class Ordered:
        pool, ordered = 4, True

        def score(self, history: csr_array, users: np.ndarray | None) -> np.ndarray:
            seen.append(float(history.data.max()))
            return np.ones(history.shape, dtype=np.float32)

        def features(self, items: np.ndarray, history: csr_array, users: np.ndarray | None) -> np.ndarray:
            return np.zeros((items.size, 1))

    history, truth = history_of([1, 1, 0, 0]), history_of([0, 0, 1, 0])
    order = history.copy()
    order.data = np.array([2, 1], dtype=np.float32)
    test = Test(np.array(["s"], object), np.array([-1], np.int32), history, history, truth, sequence=order)
    lessons(Ordered(), test, np.array(["a", "b", "c", "d"], dtype=object))
    assert seen == [2.0]
