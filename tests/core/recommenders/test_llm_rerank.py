"""The language model as a recommender: always a permutation, always said who made it."""

from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import numpy as np
import pytest

from core.data.folds import Fold, folds
from core.data.splits import split_of
from core.evaluation.agreement import agreement
from core.evaluation.experiment import experiment_of, with_content
from core.evaluation.lists import Ask, lists
from core.evaluation.metric import metrics
from core.evaluation.protocol import compare
from core.evaluation.tuning_trials import judge_of
from core.language.address import AddressModel
from core.language.model import LanguageModel, Unanswered
from core.recommenders.base import Ranked, rank, recommender_of
from core.recommenders.fitting import fit, fitting
from core.work.desk import Desk
from core.work.errors import BadInput
from core.work.report import silent
from tests.contract.things import items, people
from tests.making import compared_on, dataset, random_log
from tests.models import HashModel, faulty, says, sends

SPEC = "llm_rerank(of=popularity,candidates=8,weight=1,people=6)"


def made() -> Fold:
    log = random_log(people=20, items=30, each=8)
    return folds(dataset(log, items=items(), users=people()), split_of("leave_last"), "")[0]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[LanguageModel], None]:
    """Lets a model answer."""

    def answer(model: LanguageModel) -> None:
        monkeypatch.setattr("core.recommenders.llm_rerank.chosen", lambda: model)

    return answer


def ranked(fold: Fold, spec: str) -> Ranked:
    scorer = recommender_of(spec).fit(fold.train, silent)
    return rank(scorer, fold.test, fold.train.item_ids, 12, 0)


def test_the_first_places_are_reordered_and_nothing_else(use: Callable[[LanguageModel], None]) -> None:
    use(HashModel())
    fold = made()
    base, found = ranked(fold, "popularity"), ranked(fold, SPEC)
    assert np.array_equal(np.sort(base.items[:, :8]), np.sort(found.items[:, :8]))
    assert np.array_equal(base.items[:, 8:], found.items[:, 8:])
    assert not np.array_equal(base.items, found.items)
    assert found.spent is not None
    assert (found.spent.asked, found.spent.failed) == (20 * 2, 0)


def test_with_no_weight_the_first_order_stays(use: Callable[[LanguageModel], None]) -> None:
    use(HashModel())
    fold = made()
    found = ranked(fold, "llm_rerank(of=popularity,weight=0)")
    assert np.array_equal(found.items, ranked(fold, "popularity").items)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(sends(b"{}", 404), id="no such model"),
        pytest.param(says("I am sorry, but I cannot rank films."), id="a sentence"),
        pytest.param(says('{"ranking": ["Z", "Y", "42"]}'), id="invented ids"),
        pytest.param(says('{"ranking": ["A"]}'), id="too short"),
    ],
)
def test_what_is_no_ranking_leaves_the_first_order(
    use: Callable[[LanguageModel], None], answer: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    fold = made()
    with faulty(answer) as server:
        use(AddressModel(server.url, "k", "m"))
        found = ranked(fold, SPEC.replace("weight=1", "weight=1,method=listwise"))
    assert np.array_equal(found.items, ranked(fold, "popularity").items)
    assert found.spent is not None
    assert found.spent.failed == found.spent.asked == 40
    assert found.spent.reasons


def test_duplicates_and_a_short_answer_are_still_a_permutation(use: Callable[[LanguageModel], None]) -> None:
    fold = made()
    with faulty(says('{"ranking": ["C", "C", "A", "X", "B", "D"]}')) as server:
        use(AddressModel(server.url, "k", "m"))
        found = ranked(fold, SPEC.replace("weight=1", "weight=1,method=listwise"))
    base = ranked(fold, "popularity")
    assert np.array_equal(np.sort(base.items), np.sort(found.items))


def test_lists_are_of_a_sample_and_say_so(use: Callable[[LanguageModel], None]) -> None:
    use(HashModel())
    fold = made()
    learnt = fit(fold.train, settings=fitting(recommender_of(SPEC)), report=silent)
    found = lists(
        learnt, fold.test, fold.train.item_ids, settings=Ask(10, 0, sampled=True), report=silent
    ).ranked
    assert found.asked is not None
    assert int(found.asked.sum()) == 6
    assert (found.items[~found.asked] == -1).all()
    assert (found.items[found.asked] >= 0).all()
    everybody = lists(learnt, fold.test, fold.train.item_ids, settings=Ask(10, 0), report=silent).ranked
    assert everybody.asked is None
    assert (everybody.items >= 0).all()


def test_tuning_counts_nobody_who_was_not_asked(use: Callable[[LanguageModel], None]) -> None:
    use(HashModel())
    fold = made()
    judged = judge_of(fold, metrics()["ndcg", "standard"], 5)
    assert judged(recommender_of(SPEC), silent)[1] == 6
    assert judged(recommender_of(SPEC.replace("people=6", "people=0")), silent)[1] == 20


def test_lists_agree_over_those_who_were_asked() -> None:
    """Of four people two were asked; their lists are the same, and so are the lists of both recommenders."""
    same = np.array([[1, 2], [3, 4], [1, 3], [2, 4]], dtype=np.int32)
    asked = np.array([True, False, True, False])
    lists_of = (same, np.where(asked[:, None], same, -1))
    found = compared_on(
        dataset(random_log(people=4, items=8, each=5)), recommenders=("popularity", "random"), k=(2,)
    )
    ranked_of = tuple(
        replace(found.ranked[0], user_ids=np.arange(4).astype(str).astype(object), items=one, asked=mask)
        for one, mask in zip(lists_of, (None, asked), strict=True)
    )
    people = replace(found, ranked=ranked_of, user_ids=ranked_of[0].user_ids)
    got = agreement(people, settings=2, report=silent)
    assert (got.jaccard[0].mean, got.jaccard[0].n) == (1.0, 2)
    assert got.shown[0].tolist() == got.shown[1].tolist()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(sends(b"{}", 401), "TOUCHSTONE_LLM_KEY", id="wrong key"),
        pytest.param(says("I cannot say."), "was no ranking of the candidates", id="sentences only"),
    ],
)
def test_lists_of_a_model_that_answers_nothing_are_nobodys(
    use: Callable[[LanguageModel], None], answer: Callable[[BaseHTTPRequestHandler], None], words: str
) -> None:
    """Else these would be popularity's lists under another name."""
    fold = made()
    with faulty(answer) as server:
        use(AddressModel(server.url, "k", "m"))
        learnt = fit(fold.train, settings=fitting(recommender_of(SPEC)), report=silent)
        with pytest.raises(BadInput, match=words):
            lists(learnt, fold.test, fold.train.item_ids, settings=Ask(10, 0, sampled=True), report=silent)


def test_without_a_model_it_says_why_it_is_off(use: Callable[[LanguageModel], None]) -> None:
    class Off(HashModel):
        def ready(self) -> None:
            raise Unanswered("the model file is not there")

    use(Off())
    with pytest.raises(BadInput, match="the model file is not there"):
        recommender_of(SPEC).fit(made().train, silent)


def test_items_without_a_name_are_refused(use: Callable[[LanguageModel], None]) -> None:
    use(HashModel())
    fold = folds(dataset(random_log(people=20, items=30, each=8)), split_of("leave_last"), "")[0]
    with pytest.raises(BadInput, match="no item has a title or a text"):
        recommender_of(SPEC).fit(fold.train, silent)


def test_another_model_is_another_fit(use: Callable[[LanguageModel], None]) -> None:
    use(HashModel())
    one = fitting(recommender_of(SPEC))
    use(AddressModel("http://127.0.0.1:9/v1", "k", "m"))
    assert fitting(recommender_of(SPEC)) != one
    assert fitting(recommender_of("mmr(of=llm_rerank)")) != one


def test_a_later_stage_takes_it_along(use: Callable[[LanguageModel], None]) -> None:
    """Its sample and its bill are those of the stage inside."""
    use(HashModel())
    fold = made()
    found = ranked(fold, "mmr(of=llm_rerank(of=popularity,people=6),pool=10)")
    assert found.spent is not None
    assert found.spent.asked == 40
    scorer = recommender_of("mmr(of=llm_rerank(of=popularity,people=6),pool=10)").fit(fold.train, silent)
    assert scorer.sample == 6


def test_a_comparison_with_another_model_is_another(use: Callable[[LanguageModel], None]) -> None:
    """So what one model said is never shown as another's, nor that there was none once there is one."""

    class Absent(HashModel):
        there = False

    asked = experiment_of({"data": "shop", "recommenders": ["popularity", "mmr(of=llm_rerank)"], "k": [5]})
    contents = []
    for model in (HashModel(), Absent(), AddressModel("http://127.0.0.1:9/v1", "k", "m")):
        use(model)
        contents.append(with_content(asked, lambda _: "x" * 40).content)
    assert len(set(contents)) == 3


def test_a_comparison_that_an_address_spoilt_is_asked_anew(
    use: Callable[[LanguageModel], None], desk: Desk
) -> None:
    """Nobody has to change the experiment once the server is up again."""
    data = dataset(random_log(people=20, items=30, each=8), items=items(), users=people())
    spec = SPEC.replace("weight=1", "weight=1,method=listwise")
    asked = experiment_of(
        {"data": "x", "recommenders": ["popularity", spec], "split": "leave_last", "k": [5]}
    )
    experiment = asked.on(data)
    with faulty(sends(b"{}", 401)) as server:
        use(AddressModel(server.url, "k", "m"))
        first = desk.run(compare, data, settings=experiment)
        assert [one.passing for one in first.failures] == [True]
        assert first.provisional
        server.answers[:] = [says("A B C D E F G H")]
        second = desk.run(compare, data, settings=experiment)
    assert second.failures == ()
    assert not second.provisional
    assert desk.run(compare, data, settings=experiment) is second
