"""The language model as a recommender: always a permutation, always said who made it."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import numpy as np
import pytest

from core.data.folds import Fold, folds
from core.data.splits import split_of
from core.evaluation.experiment import experiment_of, with_content
from core.evaluation.lists import Ask, lists
from core.language.address import AddressModel
from core.language.model import LanguageModel, Unanswered
from core.recommenders.base import Ranked, rank, recommender_of
from core.recommenders.fitting import fit, fitting
from core.work.errors import BadInput
from core.work.report import silent
from tests.contract.things import items, people
from tests.making import dataset, random_log
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
    found = lists(learnt, fold.test, fold.train.item_ids, settings=Ask(10, 0), report=silent).ranked
    assert found.asked is not None
    assert int(found.asked.sum()) == 6
    assert (found.items[~found.asked] == -1).all()
    assert (found.items[found.asked] >= 0).all()


def test_lists_of_a_model_that_answers_nothing_are_nobodys(use: Callable[[LanguageModel], None]) -> None:
    """Else these would be popularity's lists under another name."""
    fold = made()
    with faulty(sends(b"{}", 401)) as server:
        use(AddressModel(server.url, "k", "m"))
        learnt = fit(fold.train, settings=fitting(recommender_of(SPEC)), report=silent)
        with pytest.raises(BadInput, match="TOUCHSTONE_LLM_KEY"):
            lists(learnt, fold.test, fold.train.item_ids, settings=Ask(10, 0), report=silent)


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
