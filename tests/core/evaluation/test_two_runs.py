"""Two runs beside each other, and a run again: what is the same is said to be, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.data.load import Source, source_fingerprint
from core.evaluation import reproducing
from core.evaluation.comparison import Comparison
from core.evaluation.erasing import forget_data, forget_person
from core.evaluation.experiment import experiment_of, settled
from core.evaluation.protocol import compare, compared, dataset_of
from core.evaluation.recorded import Figure, Recorded, figures, leading, recorded, run_json, uploads
from core.evaluation.reproducing import reproduce
from core.evaluation.two_runs import differing, gaps, paired_runs, side_by_side
from core.evaluation.uncertainty import Estimate, paired
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.runs import Run, run_book
from core.work.settings import settings
from core.work.store import Store
from tests.making import random_log


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own."""
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path / "home"
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def desk() -> Desk:
    return Desk(Store(settings().store_folder, 10**9), Inline())


@pytest.fixture
def log(tmp_path: Path) -> Path:
    random_log(people=40, items=20, each=8).to_csv(tmp_path / "log.csv", index=False)
    return tmp_path / "log.csv"


def kept(desk: Desk, log: Path, **asked: Any) -> tuple[Run, Comparison]:
    """A comparison as a page or the command line asks for it, and its run."""
    values = {
        "data": str(log),
        "recommenders": ["popularity", "ease"],
        "k": [5],
        "metrics": ["ndcg", "coverage"],
    }
    experiment = experiment_of(values | asked)
    dataset = desk.run(dataset_of, experiment.source, source_fingerprint(experiment.source), settings=None)
    found = desk.run(compare, dataset, settings=settled(experiment, dataset))
    with run_book() as book:
        return book.list(1)[0], found


def test_a_run_knows_where_its_comparison_is_kept(desk: Desk, log: Path) -> None:
    run, _found = kept(desk, log)
    assert desk.store.has(recorded(run).key)
    assert recorded(run).lineage == run.fingerprints


def test_the_figures_of_a_run_are_those_of_its_comparison(desk: Desk, log: Path) -> None:
    run, found = kept(desk, log)
    assert [one.estimate for one in figures(run)] == [one for row in found.estimates for one in row]


def test_the_leading_result_is_the_best_mean_over_all_people(desk: Desk, log: Path) -> None:
    run, found = kept(desk, log, k=[5, 10])
    best = leading(run)
    assert best is not None and best.column == ("ndcg", "standard", 10)
    column = found.column("ndcg", 10)
    assert best.estimate.mean == max(row[column].mean for row in found.estimates)


@pytest.mark.parametrize(
    ("summary", "message"),
    [
        ({"schema": 2}, "have schema '2'"),
        ({}, "have schema 'None'"),
        ({"schema": 1, "results": [{"recommender": "ease"}]}, "are damaged"),
        ({"schema": 1, "results": None}, "are damaged"),
    ],
)
def test_results_of_a_newer_version_or_damaged_ones_are_bad_input(
    desk: Desk, log: Path, summary: dict[str, Any], message: str
) -> None:
    run = replace(kept(desk, log)[0], summary=summary)
    with pytest.raises(BadInput, match=message):
        figures(run)
    assert leading(run) is None and run_json(run)["leading"] is None


def test_an_experiment_of_a_newer_version_is_bad_input(desk: Desk, log: Path) -> None:
    run = kept(desk, log)[0]
    with pytest.raises(BadInput, match="schema 2"):
        recorded(replace(run, experiment={**run.experiment, "schema": 2}))


def test_uploads_are_found_wherever_they_stand(desk: Desk, log: Path) -> None:
    run = kept(desk, log)[0]
    assert uploads(run) == frozenset()
    asked = {**run.experiment, "items": "upload:a", "recommendations": {"mine": "upload:b"}}
    assert uploads(replace(run, experiment=asked)) == {"upload:a", "upload:b"}


def test_only_what_differs_is_listed_and_of_several_entries_only_those() -> None:
    one = experiment_of({"data": "shop", "recommenders": ["popularity", "ease"], "k": [5, 10]})
    other = experiment_of(
        {"data": "shop", "recommenders": ["ease(l2=9)", "popularity"], "k": [10], "seed": 3}
    )
    found = {each.name: (each.first, each.second) for each in differing(one, other)}
    assert found == {"recommenders": ("ease", "ease(l2=9)"), "k": ("5", ""), "seed": ("0", "3")}
    assert differing(one, one) == ()


def test_numbers_stand_side_by_side_and_none_is_lost() -> None:
    ten, half = Estimate(0.1, 0.0, 0.2, 9), Estimate(0.5, 0.4, 0.6, 9)
    first = [Figure("a", "ndcg", "standard", 5, ten), Figure("b", "ndcg", "standard", 5, half)]
    second = [Figure("b", "ndcg", "standard", 5, ten), Figure("c", "ndcg", "standard", 5, half)]
    found = [(one.recommender, one.first, one.second) for one in side_by_side(first, second)]
    assert found == [("a", ten, None), ("b", half, ten), ("c", None, half)]


def pair(desk: Desk, one: Run, other: Run) -> Any:
    return desk.run(paired_runs, recorded(one), recorded(other), settings=None)


def test_runs_on_the_same_people_are_paired(desk: Desk, log: Path) -> None:
    """As within one comparison: ease in one run against popularity, called the same, in another."""
    one, first = kept(desk, log, recommenders=["ease", "popularity"])
    other, second = kept(desk, log, recommenders=["ease(l2=5)", "popularity"])
    found = pair(desk, one, other)
    assert found.why == "" and {gap.recommender for gap in found.gaps} == {"ease", "popularity"}
    same = [gap for gap in found.gaps if gap.recommender == "popularity"]
    assert all((gap.estimate.mean, gap.p) == (0, 1) and not gap.settled for gap in same)
    assert {gap.metric for gap in same} == {"ndcg", "coverage"}  # a metric of all lists too
    column = first.column("ndcg", 5)
    (gap,) = [
        one
        for one in found.gaps
        if (one.recommender, one.metric, one.variant) == ("ease", "ndcg", "standard")
    ]
    both = np.stack([second.values[0, column], first.values[0, column]], axis=1)
    (within,) = paired(both, first.experiment.seed)
    assert gap.estimate.mean == pytest.approx(within.estimate.mean, abs=1e-12)
    assert (gap.estimate.low, gap.estimate.high) == pytest.approx((within.estimate.low, within.estimate.high))
    assert gap.estimate.n == len(first.user_ids)


def test_swapped_runs_have_the_opposite_difference(desk: Desk, log: Path) -> None:
    _one, first = kept(desk, log, recommenders=["ease"])
    _other, second = kept(desk, log, recommenders=["ease(l2=5)"])
    there, back = gaps(first, second), gaps(second, first)
    assert [gap.estimate.mean for gap in there] == [-gap.estimate.mean for gap in back]


def test_other_people_or_held_out_items_are_not_paired(desk: Desk, log: Path) -> None:
    one, _ = kept(desk, log, split="random(test=0.2)")
    other, _ = kept(desk, log, split="random(test=0.2)", seed=1)
    assert pair(desk, one, other).why == "held out" and pair(desk, one, other).gaps == ()
    few, _ = kept(desk, log, split="unseen_users(folds=2,given=0.5)", min_user=8)
    assert pair(desk, one, few).why in ("people", "held out")


def test_what_is_no_longer_kept_is_not_paired_and_not_remembered_so(desk: Desk, log: Path) -> None:
    one, first = kept(desk, log)
    other, _ = kept(desk, log, seed=1)
    desk.store.delete(recorded(one).key)
    assert pair(desk, one, other).why == "gone"
    desk.store.put(recorded(one).key, first)
    assert pair(desk, one, other).why == ""


def test_what_was_worked_out_again_with_other_numbers_is_not_that_run(desk: Desk, log: Path) -> None:
    """The same experiment has the same key; a record of an earlier version may say other numbers."""
    one, _ = kept(desk, log)
    summary = {**one.summary, "results": [dict(each) for each in one.summary["results"]]}
    summary["results"][0]["metrics"] = [{**each, "mean": 0.5} for each in summary["results"][0]["metrics"]]
    assert pair(desk, one, replace(one, id=2)).why == ""
    assert pair(desk, one, replace(one, id=2, summary=summary)).why == "other"


def again(desk: Desk, run: Run) -> reproducing.Reproduced:
    return desk.run(reproduce, recorded(run), settings=None)


def test_a_run_comes_out_the_same_to_the_last_digit_from_nothing(
    desk: Desk, log: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, found = kept(desk, log)
    entries = len(desk.store.entries())
    fits = list[object]()

    def counted(*given: Any) -> Comparison:
        fits.append(given[1])
        return compared(*given)

    monkeypatch.setattr(reproducing, "compared", counted)
    result = again(desk, run)
    assert fits and result.same and result.off == () and result.largest == 0
    assert {one.what for one in result.changed} <= {
        "threads"
    }  # other work of this process may hold BLAS back
    assert result.numbers == 4 * len(found.entries) * len(found.columns)
    assert len(desk.store.entries()) == entries and not list((home / "tmp").iterdir())
    with run_book() as book:
        assert len(book.list()) == 1  # looking again is no run


def test_what_differs_is_named_with_its_size_and_reasons(desk: Desk, log: Path) -> None:
    run, _ = kept(desk, log)
    first = run.summary["results"][0]["metrics"][0]
    first["mean"] += 0.25
    first["n"] = 7
    with run_book() as book:
        number = book.keep(
            run.name, run.experiment, run.fingerprints, run.summary,
            engine="threads", version="0.0.9", threads=64, seconds=1, libraries={"numpy": "1.0"},
        )  # fmt: skip
        changed = book.get(number or 0)
    assert changed is not None
    result = again(desk, changed)
    assert [(one.what, one.recommender) for one in result.off] == [
        ("mean", "popularity"),
        ("n", "popularity"),
    ]
    assert result.off[0].before - result.off[0].now == pytest.approx(0.25) and not result.same
    assert result.largest == result.off[1].now - 7
    reasons = {one.what: one.before for one in result.changed}
    assert reasons["threads"] == "64" and reasons["touchstone"] == "0.0.9" and reasons["numpy"] == "1.0"
    assert "data" not in reasons and "content" not in reasons


def test_other_data_are_said_and_nothing_is_hidden(desk: Desk, log: Path) -> None:
    run, _ = kept(desk, log)
    random_log(people=40, items=20, each=8, seed=1).to_csv(log, index=False)
    result = again(desk, run)
    assert not result.same and "data" in {one.what for one in result.changed}


def test_data_or_a_run_that_are_gone_are_bad_input(desk: Desk, log: Path) -> None:
    run, _ = kept(desk, log)
    log.unlink()
    with pytest.raises(BadInput, match="doesn't exist"):
        again(desk, run)
    with pytest.raises(BadInput, match="There is no run 99"):
        desk.run(reproduce, replace(recorded(run), run=99), settings=None)


def test_what_comes_of_runs_goes_with_their_data(desk: Desk, log: Path) -> None:
    one, _ = kept(desk, log)
    other, _ = kept(desk, log, seed=1)
    pair(desk, one, other)
    desk.forget(one.experiment["fingerprint"])
    assert desk.store.entries() == [] and desk.jobs() == []


def test_steps_take_a_run(desk: Desk, log: Path) -> None:
    run, _ = kept(desk, log)
    taken = recorded(run)
    assert isinstance(taken, Recorded) and taken.experiment.source == Source(data=str(log))


@pytest.fixture
def server(postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A run book on a real PostgreSQL server."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS book")
        connection.execute("CREATE DATABASE book")
    monkeypatch.setenv("TOUCHSTONE_DATABASE_URL", postgres.removesuffix("postgres") + "book")
    settings.cache_clear()
    yield postgres
    settings.cache_clear()


@pytest.mark.usefixtures("server")
def test_a_server_keeps_runs_to_the_last_digit_and_erases_them_with_their_names(
    desk: Desk, log: Path
) -> None:
    run, found = kept(desk, log)
    assert [one.estimate for one in figures(run)] == [one for row in found.estimates for one in row]
    assert again(desk, run).same
    with run_book() as book:
        book.annotate(run.id, title="first", note="of the meeting", pinned=True)
        named = book.of(found.experiment.to_json(), found.facts.fingerprint)
        assert named is not None and (named.id, named.title, named.pinned) == (run.id, "first", True)
    assert forget_data(desk, str(log)).runs == 1
    with run_book() as book:
        assert book.list() == []


def test_a_record_that_this_version_cannot_read_goes_with_its_data_all_the_same(
    desk: Desk, log: Path
) -> None:
    run, _ = kept(desk, log)
    with run_book() as book:
        book.keep(
            run.name, {**run.experiment, "schema": 2}, run.fingerprints, {"schema": 2},
            engine="threads", version="9", threads=1, seconds=1,
        )  # fmt: skip
    assert forget_person(desk, "u001", Source(data=str(log))).runs == 2
    with run_book() as book:
        assert book.list() == []
