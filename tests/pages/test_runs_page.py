"""State transitions of Runs: what is listed, opened, named, pinned, set beside another and run again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.data.load import Source
from core.evaluation.experiment import experiment_of
from core.evaluation.experiment import settled as recorded_form
from core.evaluation.protocol import compare, dataset_in_child
from core.evaluation.reproducing import Changed, Off, Reproduced
from core.work.errors import BadInput
from core.work.runs import Run, run_book
from core.work.settings import settings
from pages.parts import data, job_panel, runs_again, runs_open, runs_words, session
from pages.parts.url_state import State
from tests.making import random_log
from tests.pages.conftest import Open, html, lead, query, settled

PAGE = "manage/runs"


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The key of a data set that no other test has."""
    file = tmp_path_factory.mktemp("walks") / "walks.csv"
    random_log(people=50, items=25, each=10, seed=3).to_csv(file, index=False)
    return session.shelf().put(Source(data=str(file)), "walks")


def compared(key: str, **state: Any) -> Run:
    """The run of a comparison, made as Overview makes it."""
    source = session.shelf().get(key)
    found = job_panel.desk().run(dataset_in_child, source, data.content(source))
    asked = State(data=key, recommenders=("popularity", "ease"), **state).experiment(data=source.data)
    job_panel.desk().run(compare, found, settings=recorded_form(asked, found, data.content))
    with run_book() as book:
        return max(book.list(), key=lambda run: run.id)


@pytest.fixture(scope="module")
def kept(walks: str) -> tuple[Run, Run]:
    """Two runs that differ in their split, in a book that holds nothing else."""
    with run_book() as book:
        book.remove(run.id for run in book.list(10_000))
    return compared(walks), compared(walks, split="leave_last(n=1)")


@pytest.fixture
def run(kept: tuple[Run, Run]) -> Iterator[Run]:
    """The first of them; afterwards the book is as it was."""
    _as_it_was(kept)
    yield kept[0]
    _as_it_was(kept)


def _as_it_was(kept: tuple[Run, Run]) -> None:
    with run_book() as book:
        numbers = [one.id for one in kept]
        book.remove(one.id for one in book.list(1_000) if one.id not in numbers)
        for number in numbers:
            book.annotate(number, title="", note="", pinned=False)


@pytest.fixture
def page(app: Open, walks: str) -> Open:
    """Opens the page, beside a comparison that is one of the two."""

    def open_page(**given: str) -> AppTest:
        return app(PAGE, **{"data": walks, "recommenders": "popularity,ease", **given})

    return open_page


@pytest.fixture
def other(kept: tuple[Run, Run]) -> Run:
    return kept[1]


def again(like: Run, **changes: Any) -> int:
    """One more run, as another but for these changes."""
    one = replace(like, **changes)
    with run_book() as book:
        number = book.keep(
            one.name, one.experiment, one.fingerprints, one.summary,
            engine=one.engine, version=one.version, threads=one.threads, seconds=1, libraries=one.libraries,
        )  # fmt: skip
    assert number is not None
    return number


def stored(number: int) -> Run:
    with run_book() as book:
        found = book.get(number)
    assert found is not None
    return found


def texts(at: AppTest) -> str:
    return " ".join(one.value.replace("\\", "") for one in [*at.caption, *at.markdown, *at.text])


def clicked(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    at.run()
    return settled(at)


def went(at: AppTest, key: str, page: str) -> AppTest:
    """The page that a button leads to: AppTest goes back to its own at the next run, unless it is told."""
    at.button(key=key).click()
    at.run()
    at.switch_page(page)
    return settled(at)


OVERVIEW, RUNS = "pages/compare/overview.py", "pages/manage/runs.py"


def test_runs_are_listed_with_what_each_was(page: Open, run: Run, other: Run) -> None:
    at = page()
    assert lead(at).startswith("2 comparisons are kept. The latest, on walks: ") and "NDCG@10" in lead(at)
    shown = html(at)
    assert shown.count('class="ts-run"') == 2 and "Popularity, EASE" in shown and "n = " in shown
    assert [at.button(key=f"open_{one.id}").label for one in (run, other)] == [
        f"Run {run.id}", f"Run {other.id}",
    ]  # fmt: skip


def test_without_runs_the_page_says_what_to_do(app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    at = app()
    monkeypatch.setenv("TOUCHSTONE_DATABASE_URL", "sqlite://")
    settings.cache_clear()
    try:
        at.switch_page("pages/manage/runs.py").run()
        assert lead(at) == "No comparison is kept here yet." and "Compare recommenders first" in html(at)
        at = went(at, "runs_compare", OVERVIEW)
        assert "ts-column" in html(at)  # Overview
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_database_that_cannot_be_reached_is_said_and_the_frame_stays(
    app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = app()
    monkeypatch.setenv("TOUCHSTONE_DATABASE_URL", "postgresql://ann:hunter2@127.0.0.1:1/runs")
    settings.cache_clear()
    try:
        at.switch_page("pages/manage/runs.py").run()
        shown = html(at)
        assert "The run book can" in shown and "TOUCHSTONE_DATABASE_URL" in shown and "hunter2" not in shown
        assert at.selectbox(key="state_data").options
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    at.run()
    assert "The run book can" not in html(at) and not at.exception


def test_a_run_opens_and_stands_in_the_address(page: Open, run: Run) -> None:
    at = clicked(page(), f"open_{run.id}")
    assert query(at, "run") == str(run.id)
    assert lead(at).startswith(f"Run {run.id}, on walks: ") and "of 2, " in lead(at)
    assert "NDCG@10" in html(at) and str(run.experiment["fingerprint"]) in html(at) and "numpy" in html(at)
    at = clicked(at, f"beside_{run.id}")
    assert query(at, "run") is None and lead(at).startswith("2 comparisons")


def test_an_unknown_run_in_a_link_is_said_and_the_list_is_there(page: Open, run: Run) -> None:
    at = page(run="77777", against="88888")
    assert "There is no run 77777." in html(at) and "There is no run 88888." in html(at)
    assert "choose one below." in html(at) and f"open_{run.id}" in [one.key for one in at.button]


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999", "<b>", "1e3", "١"])
def test_what_is_no_number_of_a_run_is_refused(app: Open, number: str) -> None:
    at = app(run=number)
    assert "is no run. choose one below." in html(at) and query(at, "run") is None
    assert "&#x27;<b>" not in html(at)


def test_a_run_is_named_annotated_and_pinned(page: Open, run: Run, other: Run) -> None:
    at = page(run=str(run.id))
    hostile = "<img src=x onerror=alert(1)> *sale* $x$"
    at.text_input(key=f"run_title_runs_{run.id}").set_value(hostile)
    at.text_area(key=f"run_note_runs_{run.id}").set_value("Before the <b>sale</b>")
    at.checkbox(key=f"run_pinned_runs_{run.id}").set_value(True)
    at.button(key=f"save_runs_{run.id}").click()
    assert "Saved." in texts(at.run())
    found = stored(run.id)
    assert (found.title, found.note, found.pinned) == (hostile, "Before the <b>sale</b>", True)
    assert "<img src=x" not in html(at) and "&lt;img" in html(at) and "<b>sale" not in html(at)
    assert at.button(key=f"open_{run.id}").label.replace("\\", "") == hostile
    rows = [one.key for one in at.button if str(one.key).startswith("open_")]
    assert rows == [f"open_{run.id}", f"open_{other.id}"]  # pinned first, though the other is newer


def test_the_pin_of_a_row_turns_on_and_off(page: Open, run: Run) -> None:
    at = clicked(page(), f"pin_{run.id}")
    assert stored(run.id).pinned
    clicked(at, f"pinned_{run.id}")
    assert not stored(run.id).pinned


def test_overview_names_and_pins_what_it_shows(app: Open, run: Run, walks: str) -> None:
    at = app(data=walks, recommenders="popularity,ease")
    at.session_state["naming"] = True
    at = settled(at)
    at.text_input(key=f"run_title_overview_{run.id}").set_value("the usual")
    at = clicked(at, f"save_overview_{run.id}")
    assert stored(run.id).title == "the usual"
    at = went(at, "to_runs", RUNS)
    assert lead(at).startswith("the usual, on walks") and query(at, "run") == str(run.id)


def test_a_run_opens_in_overview_as_it_was_asked(page: Open, other: Run, run: Run, walks: str) -> None:
    at = went(page(run=str(other.id)), "run_overview", OVERVIEW)
    assert query(at, "data") == walks and query(at, "split") == "leave_last(n=1)"
    assert query(at, "recommenders") == "popularity,ease" and "ts-column" in html(at)
    with run_book() as book:
        assert {one.id for one in book.list()} == {run.id, other.id}  # it was kept: nothing was run anew


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seed": 3}, "a seed"),
        ({"negatives": 50}, "drawn negatives"),
        ({"candidates": "c.csv"}, "candidates"),
        ({"recommendations": {"mine": "lists.csv"}, "recommenders": ()}, "ready-made lists"),
    ],
)
def test_what_an_address_cannot_say_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        runs_open.state_of(experiment_of({"data": "shop"} | changes), "shop", State())


def test_the_state_of_an_experiment_says_all_of_it() -> None:
    asked = {"data": "shop", "positive": "", "split": "leave_last(n=1)", "exclude_seen": "any", "min_user": 3}
    experiment = experiment_of(asked | {"recommenders": ["ease"], "k": [7], "metrics": ["recall"]})
    state = State(**runs_open.state_of(experiment, "shop", State()))
    back = state.experiment(data="shop")
    for name in ("data", "positive", "split", "exclude_seen", "min_user", "min_item", "recommenders"):
        assert getattr(back, name) == (getattr(experiment, name)), name
    assert state.metric == "recall" and state.positive == "all"


def test_two_runs_of_different_questions_say_so_and_give_no_difference(
    page: Open, run: Run, other: Run
) -> None:
    at = page(run=str(run.id))
    at.selectbox(key="state_against").set_value(other.id)
    at.run()
    at = settled(at)
    assert query(at, "against") == str(other.id)
    assert "differ in what is held out: their figures measure different things." in lead(at)
    assert "leave_last(n=1)" in html(at) and "Second minus first" not in html(at)
    assert "The difference is not paired, so none is given" in texts(at)


def test_two_runs_on_the_same_people_are_paired(page: Open, run: Run, walks: str) -> None:
    tuned = compared(walks)
    source = session.shelf().get(walks)
    found = job_panel.desk().run(dataset_in_child, source, data.content(source))
    asked = State(data=walks, recommenders=("popularity", "ease(l2=5.0)")).experiment(data=source.data)
    job_panel.desk().run(compare, found, settings=recorded_form(asked, found, data.content))
    with run_book() as book:
        tuned = max(book.list(), key=lambda one: one.id)
    assert tuned.id != run.id
    at = page(run=str(run.id), against=str(tuned.id))
    at = settled(at)
    assert "ask the same question of the same data" in lead(at)
    assert "Second minus first" in html(at) and "paired" in html(at)
    assert "ease(l2=5" in html(at) and "Differences are paired by person" in texts(at)
    at.selectbox(key="runs_column").set_value("Recall@5")
    at.run()
    assert query(at, "metric") == "recall" and query(at, "k") == "5"
    at.session_state["runs_table"] = True
    table = settled(at).dataframe[0].value
    assert {"p (Holm)", "second minus first: mean"} <= set(table.columns) and len(table) > 20
    same = table[table["recommender"] == "Popularity"]
    assert (same["second minus first: mean"].dropna() == 0).all()


def test_a_run_of_a_newer_version_leaves_the_page_whole(page: Open, run: Run) -> None:
    number = again(run, experiment={**run.experiment, "schema": 2}, summary={"schema": 2})
    at = page(run=str(number))
    assert "have schema" in html(at) and "use the version of Touchstone that wrote it." in html(at)
    at = clicked(at, "run_again")
    assert "The experiment has schema 2." in html(at)
    at = clicked(at, "run_overview")
    assert "The experiment has schema 2." in html(at)
    at = page(run=str(run.id), against=str(number))
    assert "have schema" in html(at) or "has schema" in html(at)
    assert not at.exception


def test_a_run_comes_out_the_same_again(page: Open, run: Run) -> None:
    at = clicked(page(run=str(run.id)), "run_again")
    assert "numbers are the same to the last digit." in html(at)
    assert "ts-error" not in html(at)


def test_a_run_that_comes_out_otherwise_says_where_and_why(page: Open, run: Run) -> None:
    results = [{**one, "metrics": [dict(each) for each in one["metrics"]]} for one in run.summary["results"]]
    results[0]["metrics"][0]["mean"] += 0.125
    number = again(run, summary={**run.summary, "results": results}, threads=64, libraries={"numpy": "1.0"})
    at = clicked(page(run=str(number)), "run_again")
    shown = html(at)
    beside = texts(page(run=str(run.id), against=str(number)))
    assert "worked out again since" in beside  # the record says other numbers than what is kept
    assert "numbers differs, by 0.12" in shown and "BLAS threads: 64, now" in shown and "numpy: 1.0" in shown


def test_runs_on_uploads_of_others_are_neither_listed_nor_opened(page: Open, run: Run) -> None:
    number = again(run, experiment={**run.experiment, "data": "upload:" + "a" * 32})
    at = page(run=str(number))
    assert f"There is no run {number}." in html(at) and "upload:" not in html(at)
    assert f"open_{number}" not in [one.key for one in at.button]
    assert "1 run on files that somebody else uploaded is not listed." in texts(at)


def test_more_than_a_page_of_runs_is_shown_on_wish(page: Open, run: Run) -> None:
    for _turn in range(30):
        again(run)
    at = page()
    assert lead(at).startswith("More than 30 comparisons are kept.")
    at = clicked(at, "runs_more")
    assert lead(at).startswith("32 comparisons are kept.")


def test_what_reproducing_found_in_words() -> None:
    same = Reproduced(1, 12, (), (), (), 1.0)
    assert runs_again.reasons(same) == "Data, versions and threads are those of the record."
    off = Off("ease", "ndcg", "standard", 10, "mean", 0.25, 0.5)
    one = replace(same, off=(off,), changed=(Changed("data", "ab", "cd"), Changed("libraries", "", "")))
    assert runs_again.differs_words(one) == "1 of 12 numbers differs, by 0.25."
    assert "the data set (fingerprint): ab, now cd" in runs_again.reasons(one)
    tiny = replace(off, now=0.25 + 2.0**-28)
    assert "3.7 × 10⁻⁹" in runs_again.differs_words(replace(same, off=(tiny, tiny)))
    assert "has another reason" in runs_again.reasons(replace(same, off=(off,)))


def test_every_part_of_an_experiment_has_words() -> None:
    from core.evaluation.experiment import Experiment

    named: Callable[[str], str] = runs_words.words
    silent = {"version", "fingerprint"}
    bare = {"reader", "columns", "pictures", "query", "candidates", "recommenders", "metrics", "seed"}
    assert {name for name in Experiment.model_fields if named(name) == name} == silent | bare
