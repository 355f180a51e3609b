"""Disks that are full, read-only or damaged, and what is left behind: numbered as the list of cases is."""

import errno
import threading
from pathlib import Path

import numpy as np
import pytest

from core.data.load import Source, source_fingerprint
from core.evaluation.comparison import Comparison
from core.evaluation.experiment import experiment_of
from core.evaluation.protocol import compare, dataset_of
from core.work.desk import Desk
from core.work.engines import Inline, Threads
from core.work.registry import trust
from core.work.store import Store
from tests.core.work.steps_for_tests import MODULE, doubled
from tests.core.work.test_desk import until, working
from tests.core.work.test_store import FullDisk
from tests.hostile.test_strangers import LOG

trust(MODULE)
LIMIT = 100_000_000
FAULTS = {
    "full": ("create", errno.ENOSPC, "The result was not kept: no space left on device."),
    "read-only": ("make_folder", errno.EROFS, "The result was not kept: read-only file system."),
}


def asked(desk: Desk, folder: Path) -> tuple[Comparison, tuple[str, ...]]:
    """A comparison by way of that desk, and what the desk had to say."""
    file = folder / "log.csv"
    file.write_bytes(LOG)
    source = Source(data=str(file))
    read = desk.start(dataset_of, source, source_fingerprint(source))
    wanted = experiment_of({"data": str(file), "recommenders": ("popularity",), "split": "random(test=0.4)"})
    made = desk.start(compare, read.result(), settings=wanted)
    return made.result(), (*read.status().notes, *made.status().notes)


@pytest.mark.parametrize(("operation", "code", "sentence"), FAULTS.values(), ids=FAULTS)
def test_12_a_disk_that_takes_nothing_costs_no_result_and_that_is_said(
    tmp_path: Path, operation: str, code: int, sentence: str
) -> None:
    good, _said = asked(Desk(Store(tmp_path / "good", LIMIT), Inline()), tmp_path)
    for _ in range(2):  # nothing was kept, so it is computed again
        bad = Desk(Store(tmp_path / "bad", LIMIT, FullDisk(operation, code)), Inline())
        found, said = asked(bad, tmp_path)
        assert np.array_equal(found.values, good.values, equal_nan=True)
        assert sentence in said
    assert not [*(tmp_path / "bad").glob("??/*/manifest.json")]


def test_12_artifacts_cut_in_half_are_computed_again_and_that_is_said(tmp_path: Path) -> None:
    good, said = asked(Desk(Store(tmp_path / "store", LIMIT), Inline()), tmp_path)
    assert not said
    for file in (tmp_path / "store").glob("??/*/*"):
        if file.name != "manifest.json":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    found, said = asked(Desk(Store(tmp_path / "store", LIMIT), Inline()), tmp_path)
    assert np.array_equal(found.values, good.values, equal_nan=True)
    assert [note for note in said if "damaged artifact" in note and note.endswith("was rebuilt.")]
    again, said = asked(Desk(Store(tmp_path / "store", LIMIT), Inline()), tmp_path)
    assert np.array_equal(again.values, good.values, equal_nan=True) and not said


def test_11_fifty_cycles_of_jobs_leave_no_thread_and_no_descriptor(tmp_path: Path) -> None:
    descriptors, values = Path("/dev/fd"), np.arange(5.0)
    store = Store(tmp_path, 1_000_000)
    before, threads = len(list(descriptors.iterdir())), threading.active_count()
    for at in range(50):
        desk = Desk(store, Threads(2), Threads(1))
        for job in [desk.start(doubled, values + at), desk.start(doubled, values)]:
            job.result(10)
        desk.close()
    until(lambda: not working())
    assert len(list(descriptors.iterdir())) <= before
    assert threading.active_count() <= threads
