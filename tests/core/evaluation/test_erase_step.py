"""Erasing at the desk: it isn't cancelled by what it deletes, and may be asked again."""

from pathlib import Path

import pytest

from core.data.load import Source, load, source_fingerprint
from core.evaluation.erase import Wish, erase
from core.evaluation.protocol import dataset_of
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.settings import settings
from core.work.store import Store


@pytest.fixture
def desk() -> Desk:
    return Desk(Store(settings().store_folder, 10**9), Inline())


@pytest.fixture
def log(tmp_path: Path) -> Source:
    file = tmp_path / "log.csv"
    file.write_text("user,item\nann,tea\nann,rye\nbob,tea\ncat,rye\n")
    return Source(data=str(file))


def test_a_person_is_erased_from_one_data_set(desk: Desk, log: Source) -> None:
    desk.run(dataset_of, log, source_fingerprint(log))
    found = desk.run(erase, settings=Wish("person", log.data, "ann"))
    assert found.sources == (log.data,) and found.artifacts == 1
    assert sorted(load(log).user_ids) == ["bob", "cat"]


def test_a_data_set_is_erased_and_can_be_erased_again(desk: Desk, log: Source) -> None:
    for artifacts in (1, 1):
        desk.run(dataset_of, log, source_fingerprint(log))
        assert desk.run(erase, settings=Wish("data", log.data)).artifacts == artifacts
    assert Path(log.data).exists()


def test_nobody_of_that_name_is_said(desk: Desk, log: Source) -> None:
    with pytest.raises(BadInput, match="no person 'zoe'"):
        desk.run(erase, settings=Wish("person", log.data, "zoe"))
