"""The state in a URL: what is written is read back, and what a stranger writes is clamped or refused."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.experiment import PAGE_K, experiment_of
from core.evaluation.metric import metrics
from core.work.errors import BadInput
from pages.parts.palette import MOST
from pages.parts.url_state import OF_DATA, State, changed, read, write
from pages.parts.url_values import GROUPS_OF, MINIMUM_MOST, sides_text

SPECS = ("ease", "ease(l2=3)", "item_knn", "item_knn(k=50)", "popularity", "random", "tfidf", "user_knn")
words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40)

sides = st.lists(st.sampled_from(["warm", "rain jacket", "防水"]), max_size=3, unique=True)


def known(key: str) -> None:
    if key not in ("shop", "films"):
        raise BadInput(f"There is no {key!r}.", "shop or films.", "choose one.")


states = st.builds(
    State,
    data=st.sampled_from(["shop", "films"]),
    recommenders=st.lists(st.sampled_from(SPECS), min_size=1, max_size=MOST, unique=True).map(tuple),
    metric=st.sampled_from(["precision", "recall", "ndcg", "hit_rate", "mrr", "map"]),
    k=st.integers(1, 1_000),
    split=st.sampled_from(["", "leave_last(n=1)", "by_time(test=0.2)", "random(test=0.5)"]),
    positive=st.sampled_from(["", "all", "rating>=4", "kind in (cart, purchase)"]),
    exclude_seen=st.sampled_from(["positive", "any", "none"]),
    min_user=st.integers(1, MINIMUM_MOST),
    view=st.sampled_from(["figures", "table"]),
    layout=st.sampled_from(["list", "cards", "shelves"]),
    person=words,
    start=st.sampled_from(["history", "nothing"]),
    without=st.lists(words, max_size=20, unique=True).map(tuple),
    plus=st.lists(words, max_size=20, unique=True).map(tuple),
    likes=st.lists(words, max_size=10, unique=True).map(tuple),
    sentence=st.just("") | words,
    corrected=st.just("") | st.builds(sides_text, sides, sides),
    topics=st.integers(2, 100),
    topic=st.integers(-1, 9_999),
    learnt=st.sampled_from(["", "text", "items"]),
    relevance=st.integers(0, 1_000).map(lambda part: part / 1_000),
    naming=st.sampled_from(["", "model"]),
    rate=st.sampled_from(["ctr", "ctcvr", "cvr", "revenue"]),
    estimator=st.sampled_from(["pbm", "snips", "cascade_dr", "mle"]),
    propensities=st.sampled_from(["logged", "fitted"]),
    window=st.integers(0, 365),
    among=st.sampled_from(["", *GROUPS_OF]) | words.map("column:{}".format) | words.map("segment:{}".format),
    term=words,
    language=st.sampled_from(["", "en", "zh"]),
)


@given(states)
def test_what_is_written_is_read_back(state: State) -> None:
    assert read(write(state), known) == (state, [])


def test_the_default_state_needs_no_parameters() -> None:
    assert write(State()) == {}


@given(st.dictionaries(st.sampled_from([field.name for field in fields(State)]), st.text(max_size=60)))
def test_any_text_gives_a_state_that_can_be_written_and_run(query: dict[str, str]) -> None:
    state, _refused = read(query, known)
    again, refused = read(write(state), known)
    assert (again, refused) == (state, [])
    assert 1 <= len(state.recommenders) <= MOST
    assert 1 <= state.k <= 1_000


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"recommenders": "__class__"}, "can't be read"),
        ({"recommenders": "os.system"}, "can't be read"),
        ({"recommenders": "ease(l2=-1)"}, "l2"),
        ({"recommenders": ",".join(f"ease(l2={n})" for n in range(1, 20))}, "names 19 recommenders"),
        ({"recommenders": "ease," * 100_000}, "500,000 characters"),
        ({"metric": "__init__"}, "no metric named"),
        ({"k": "-1"}, "k is -1"),
        ({"k": "1000000000"}, "k is 1000000000"),
        ({"k": "ten"}, "k is 'ten'"),
        ({"data": "/etc/passwd"}, "There is no"),
        ({"data": "../shop"}, "There is no"),
        ({"split": "by_magic"}, "no split named"),
        ({"view": "<script>"}, "not among the choices"),
        ({"person": "a\x00b"}, "no id or name"),
        ({"topics": "many"}, "no number of topics"),
        ({"topics": "-3"}, "no number of topics"),
        ({"topic": "../1"}, "no topic"),
        ({"topic": "٣"}, "no topic"),
        ({"topic": "9" * 400}, "no topic"),
        ({"learnt": "magic"}, "not among the choices"),
        ({"naming": "words"}, "not among the choices"),
        ({"relevance": "1e9"}, "no weight"),
        ({"relevance": "nan"}, "no weight"),
        ({"among": "age"}, "not among the choices"),
        ({"among": "column:a\x00b"}, "no id or name"),
        ({"corrected": "warm"}, "no correction"),
        ({"corrected": "a|b|c"}, "no correction"),
        ({"corrected": f"|{'x' * 81}"}, "no correction"),
        ({"corrected": "a\x00|b"}, "no correction"),
    ],
)
def test_a_hostile_parameter_is_refused_with_a_message_and_the_rest_stands(
    query: dict[str, str], said: str
) -> None:
    state, refused = read({**query, "layout": "cards"}, known)
    assert any(said in str(error) for error in refused), refused
    assert state.layout == "cards"


def test_a_correction_goes_with_its_sentence() -> None:
    state = State(sentence="warm", corrected="warm|")
    assert changed(state, k=5).corrected == "warm|"
    assert changed(state, sentence="cold").corrected == ""
    many = ",".join(f"w{at}" for at in range(50))
    assert read({"corrected": f"{many}|"}, known)[0].corrected.count(",") == 19


def test_a_number_out_of_bounds_is_clamped() -> None:
    assert read({"k": "-1"}, known)[0].k == 1
    assert read({"k": "9" * 400}, known)[0].k == 1_000
    assert [read({"topics": text}, known)[0].topics for text in ("0", "1", "7", "101")] == [2, 2, 7, 100]
    assert [read({"relevance": text}, known)[0].relevance for text in ("0", "0.25", "3")] == [0, 0.25, 1]


def test_a_person_may_be_called_anything_printable() -> None:
    assert read({"person": "<script>alert(1)</script>"}, known)[0].person == "<script>alert(1)</script>"


def test_one_bad_recommender_leaves_the_others() -> None:
    state, refused = read({"recommenders": "ease,nonsense,popularity"}, known)
    assert state.recommenders == ("ease", "popularity")
    assert "nonsense" in refused[0].wrong


def test_a_baseline_that_is_not_compared_is_let_go() -> None:
    assert read({"baseline": "tfidf"}, known)[0].baseline == ""
    assert read({"baseline": "ease"}, known)[0].baseline == "ease"


def test_another_data_set_has_topics_of_its_own() -> None:
    assert {name: OF_DATA[name] for name in ("topics", "topic", "learnt", "among")} == {
        name: getattr(State(), name) for name in ("topics", "topic", "learnt", "among")
    }
    assert "relevance" not in OF_DATA


def test_what_is_warmed_is_what_the_first_page_asks_for() -> None:
    """The key of the first comparison is that of `python -m core warm`: a new page computes nothing."""
    every = tuple(dict.fromkeys(name for name, _ in metrics()))
    warmed = experiment_of({"data": "shop", "metrics": every, "k": PAGE_K})
    assert State().experiment(data="shop") == warmed
