"""Forgetting: nothing that was made from a person's data survives, in any file of the home folder."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from core.cli import app
from core.data import forgotten, pseudonyms
from core.data.dataset import Dataset
from core.data.kept import kept
from core.data.load import Source, mark, source_fingerprint
from core.data.overview import overview
from core.data.shelf import Shelf, shelf_file
from core.evaluation import erasing
from core.evaluation.erasing import Erased, forget_data, forget_everywhere, forget_person
from core.evaluation.experiment import experiment_of, with_content
from core.evaluation.now import recommend_now
from core.evaluation.protocol import compare, dataset_of
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import silent
from core.work.runs import RunBook
from core.work.settings import settings
from core.work.store import Store
from tests.making import random_log

NEEDLE = "needle-7f3a"  # the id of the person; occurs nowhere else


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


def log(path: Path, seed: int = 0, needle: str = NEEDLE) -> Source:
    """A log in which somebody has that id."""
    path.parent.mkdir(exist_ok=True)
    made = random_log(people=12, items=8, each=5, seed=seed)
    made.replace({"user": {"u003": needle}}).to_csv(path, index=False)
    return Source(data=str(path))


def work(desk: Desk, source: Source) -> None:
    """Everything that keeps something: reading, looking, comparing with a run, recommending."""
    dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None)
    desk.run(overview, dataset)
    experiment = with_content(
        experiment_of({"data": source.data, "recommenders": ["popularity", "ease", "item_knn"]})
    )
    desk.run(compare, dataset, settings=experiment)
    recommend_now(
        desk, dataset, experiment_of({"data": source.data, "recommenders": ["ease"]}), NEEDLE, 3, silent
    )
    Shelf(shelf_file()).put(source, "log")


def content(path: Path) -> str:
    """What a file holds, unpacked where it is packed."""
    raw = path.read_bytes()
    text = raw.decode("latin-1") + raw.decode("utf-16-le", "ignore")
    if path.suffix == ".parquet":
        text += pq.ParquetFile(io.BytesIO(raw)).read().to_pandas().to_csv()
    if path.suffix == ".npy":
        text += str(np.load(path, allow_pickle=False).tolist())
    return text


def files_with(home: Path, text: str) -> list[str]:
    return [
        path.relative_to(home).as_posix()
        for path in home.rglob("*")
        if path.is_file() and text in content(path)
    ]


def runs() -> int:
    book = RunBook(settings().runs_url)
    try:
        return len(book.list())
    finally:
        book.close()


def test_everything_that_is_made_of_data_says_so(desk: Desk, tmp_path: Path) -> None:
    """Fits and lists that a comparison asks for, and those outside any step, descend from the file too."""
    work(desk, log(tmp_path / "log.csv"))
    entries = desk.store.entries()
    assert len(entries) > 8
    assert all(mark(tmp_path / "log.csv") in entry.lineage for entry in entries)


def test_nothing_of_a_forgotten_person_survives(desk: Desk, tmp_path: Path, home: Path) -> None:
    source = log(tmp_path / "log.csv")
    work(desk, source)
    fingerprint = desk.run(dataset_of, source, source_fingerprint(source), settings=None).fingerprint
    assert files_with(home, NEEDLE) and files_with(home, fingerprint) and runs() == 1
    erased = forget_person(desk, NEEDLE, source)
    assert erased.artifacts > 8 and erased.runs == 1 and erased.bytes > 0
    assert files_with(home, NEEDLE) == [] and files_with(home, fingerprint) == [] and runs() == 0
    assert desk.store.entries() == [] and desk.jobs() == []
    assert NEEDLE in (tmp_path / "log.csv").read_text()  # the file is its owner's


def test_the_work_goes_on_without_the_person(desk: Desk, tmp_path: Path, home: Path) -> None:
    source = log(tmp_path / "log.csv")
    work(desk, source)
    forget_person(desk, NEEDLE, source)
    dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None)
    desk.run(compare, dataset, settings=experiment_of({"data": source.data, "recommenders": ["ease"]}))
    assert dataset.counts["users"] == 11 and files_with(home, NEEDLE) == []


def test_another_desk_reads_the_data_anew(desk: Desk, tmp_path: Path) -> None:
    """A server that has the old data in its memory asks under another key."""
    source, server = log(tmp_path / "log.csv"), Desk(Store(settings().store_folder, 10**9), Inline())
    server.run(dataset_of, source, source_fingerprint(source), settings=None)
    forget_person(desk, NEEDLE, source)
    assert server.run(dataset_of, source, source_fingerprint(source), settings=None).counts["users"] == 11


def test_what_descends_from_an_older_file_goes_too(desk: Desk, tmp_path: Path, home: Path) -> None:
    work(desk, log(tmp_path / "log.csv"))
    source = log(tmp_path / "log.csv", seed=1)
    work(desk, source)
    assert forget_person(desk, NEEDLE, source).runs == 2
    assert files_with(home, NEEDLE) == [] and desk.store.entries() == []


def test_other_data_stays(desk: Desk, tmp_path: Path) -> None:
    first, second = log(tmp_path / "a" / "log.csv"), log(tmp_path / "b" / "log.csv", seed=1)
    work(desk, first)
    work(desk, second)
    forget_person(desk, NEEDLE, first)
    assert runs() == 1 and desk.store.entries()
    assert all(mark(tmp_path / "b" / "log.csv") in entry.lineage for entry in desk.store.entries())


def test_a_fit_that_two_data_sets_share_goes_with_either(desk: Desk, tmp_path: Path, home: Path) -> None:
    first, second = log(tmp_path / "a" / "log.csv"), log(tmp_path / "b" / "copy.csv")
    work(desk, first)
    work(Desk(desk.store, Inline()), second)
    forget_person(Desk(desk.store, Inline()), NEEDLE, second)
    assert files_with(home / "store", NEEDLE) == []


def test_a_person_is_found_as_the_file_was_read_before(desk: Desk, tmp_path: Path, home: Path) -> None:
    """Columns that somebody said are known from the run: the path is enough."""
    made = random_log(people=12, items=8, each=5).replace({"user": {"u003": NEEDLE}})
    made.rename(columns={"user": "item", "item": "user"}).to_csv(tmp_path / "log.csv", index=False)
    asked = {"data": str(tmp_path / "log.csv"), "columns": "user=item,item=user", "recommenders": ["ease"]}
    experiment = with_content(experiment_of(asked))
    source = experiment.source
    dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None)
    assert NEEDLE in dataset.user_ids
    desk.run(compare, dataset, settings=experiment)
    assert forget_person(desk, NEEDLE, Source(data=str(tmp_path / "log.csv"))).runs == 1
    assert files_with(home, NEEDLE) == []


def test_a_run_on_data_that_is_gone_goes_when_a_person_is_forgotten_everywhere(
    desk: Desk, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "samples", list)
    work(desk, log(tmp_path / "a" / "log.csv"))
    (tmp_path / "a" / "log.csv").unlink()
    work(desk, log(tmp_path / "b" / "log.csv", seed=1))
    assert runs() == 2
    erased = forget_everywhere(desk, NEEDLE)
    assert erased.runs == 2 and runs() == 0 and len(erased.unread) > 0 and files_with(home, NEEDLE) == []


def test_a_second_call_finishes_what_a_crash_left(desk: Desk, tmp_path: Path, home: Path) -> None:
    source = log(tmp_path / "log.csv")
    work(desk, source)
    forgotten.add([NEEDLE], source.paths)  # and then the process dies
    assert forget_person(desk, NEEDLE, source).runs == 1
    assert files_with(home, NEEDLE) == []


def test_a_stranger_is_bad_input_and_nothing_is_deleted(desk: Desk, tmp_path: Path) -> None:
    source = log(tmp_path / "log.csv")
    work(desk, source)
    before = len(desk.store.entries())
    with pytest.raises(BadInput, match="There is no person 'u999' in log"):
        forget_person(desk, "u999", source)
    assert len(desk.store.entries()) == before and not forgotten.file().exists()


def test_where_items_are_people_a_person_goes_as_both(desk: Desk) -> None:
    friends = Source(data="friends")

    def read() -> Dataset:
        return desk.run(dataset_of, friends, source_fingerprint(friends))

    user = str(read().catalogue[0])
    with pytest.raises(BadInput, match="no person 'nobody'"):
        forget_person(desk, "nobody", friends)
    forget_person(desk, user, friends)
    left = read()
    assert user not in left.catalogue and user not in left.user_ids


def test_with_a_key_the_person_is_found_by_id_and_by_pseudonym(
    desk: Desk, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHSTONE_PSEUDONYM_KEY", key := "a key of the operator, 32 letters")
    settings.cache_clear()
    source = log(tmp_path / "log.csv")
    work_without = experiment_of({"data": source.data, "recommenders": ["ease"]})
    (hidden,) = pseudonyms.pseudonyms([NEEDLE], pseudonyms.key() or b"")
    for name in (NEEDLE, hidden):
        forgotten.file().unlink(missing_ok=True)
        dataset = desk.run(dataset_of, source, source_fingerprint(source), settings=None)
        desk.run(compare, dataset, settings=work_without)
        assert files_with(home, NEEDLE) == [] and files_with(home, key) == [] and files_with(home, hidden)
        forget_person(desk, name, source)
        assert files_with(home, hidden) == [] and files_with(home, key) == []
        assert hidden not in desk.run(dataset_of, source, source_fingerprint(source), settings=None).user_ids


def test_everywhere_means_every_data_set_that_is_known(
    desk: Desk, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "samples", list)
    for name in ("a", "b"):
        work(desk, log(tmp_path / name / "log.csv"))
    other = log(tmp_path / "c" / "log.csv", needle="other")
    clean = desk.run(dataset_of, other, source_fingerprint(other), settings=None)
    Shelf(shelf_file()).put(other, "c")
    erased = forget_everywhere(desk, NEEDLE)
    assert set(erased.sources) == {str(tmp_path / name / "log.csv") for name in ("a", "b")}
    assert files_with(home, NEEDLE) == [] and runs() == 0 and erased.unread == ()
    assert all(clean.fingerprint in entry.lineage for entry in desk.store.entries())
    late = log(tmp_path / "late.csv")
    assert desk.run(dataset_of, late, source_fingerprint(late), settings=None).counts["users"] == 11


def test_a_whole_data_set_leaves_nothing_but_its_file(desk: Desk, tmp_path: Path, home: Path) -> None:
    source = log(tmp_path / "log.csv")
    work(desk, source)
    forget_person(desk, "u001", source)
    work(desk, source)
    erased = forget_data(desk, source.data)
    assert erased.artifacts > 8 and erased.runs == 1 and erased.opened == 2
    assert files_with(home, NEEDLE) == [] and files_with(home, "log.csv") == [] and runs() == 0
    assert (tmp_path / "log.csv").is_file()


def test_a_data_set_whose_file_is_gone_can_be_forgotten(desk: Desk, tmp_path: Path, home: Path) -> None:
    source = log(tmp_path / "log.csv")
    work(desk, source)
    (tmp_path / "log.csv").unlink()
    forget_data(desk, source.data)
    assert desk.store.entries() == [] and files_with(home, "log.csv") == []


def test_a_fetched_data_set_goes_with_its_files(desk: Desk, home: Path) -> None:
    folder = home / "data" / "ml-1m"
    folder.mkdir(parents=True)
    log(folder / "log.csv")
    (home / "data" / "ml-1m.json").write_text("{}")
    desk.run(dataset_of, Source(data="ml-1m"), source_fingerprint(Source(data="ml-1m")), settings=None)
    assert forget_data(desk, "ml-1m").files == (str(folder),)
    assert not list((home / "data").rglob("*.csv")) and files_with(home, NEEDLE) == []


def test_what_is_kept_is_said_with_its_place_and_how_to_erase_it(
    desk: Desk, tmp_path: Path, home: Path
) -> None:
    work(desk, log(tmp_path / "log.csv"))
    found = {one.name: one for one in kept()}
    assert found["artifacts"].bytes > 0 and found["runs"].bytes > 0 and found["opened data sets"].bytes > 0
    assert all(one.erase and one.what and one.where for one in found.values())
    places = [Path(one.where.removeprefix("sqlite:///")) for one in found.values()]
    strangers = [
        path
        for path in home.rglob("*")
        if path.is_file() and not any(str(path).startswith(str(place)) for place in places)
    ]
    assert strangers == []  # nothing is kept that the list does not name


def test_what_was_erased_adds_up() -> None:
    assert Erased(1, 2, sources=("a",)) + Erased(1, 1, 1, sources=("b",)) == Erased(
        2, 3, 1, sources=("a", "b")
    )


def test_on_the_command_line(tmp_path: Path) -> None:
    source, run = log(tmp_path / "log.csv"), CliRunner().invoke
    assert run(app, ["describe", source.data]).exit_code == 0
    gone = run(app, ["forget", "--user", NEEDLE, "--data", source.data])
    assert gone.exit_code == 0 and "Deleted: 1 artifacts" in gone.output
    out = tmp_path / "out.json"
    run(app, ["describe", source.data, "--out", str(out)])
    assert json.loads(out.read_text())["dataset"]["users"] == 11
    assert (
        "How to erase" not in run(app, ["store"]).output and "forget --user ID" in run(app, ["store"]).output
    )
    assert isinstance(run(app, ["forget"]).exception, BadInput)
