"""The desk: one computation per key, progress, cancel, failure, and nothing left behind."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.work import desk as desks
from core.work.desk import Desk, default_desk
from core.work.engines import Inline, Threads
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.report import Cancelled, Report, silent
from core.work.steps import step
from core.work.store import Store
from tests.core.work.steps_for_tests import Calls, broken, deaf, doubled, gated, leaving
from tests.core.work.test_store import FullDisk

VALUES = np.arange(5)
SOON = 20  # seconds; nothing here takes that long unless it hangs


@step()
def nested(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Asks the test's desk for another step, as steps do."""
    return Nest.desk.run(Nest.inner, values, report=report) + 1


@step()
def nested_too(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Asks for the same."""
    return Nest.desk.run(Nest.inner, values, report=report) + 1


@step()
def endless(values: np.ndarray, *, settings: Any, report: Report) -> np.ndarray:
    """Asks for itself."""
    return Nest.desk.run(endless, values, report=report)


@step()
def refusing(*, settings: Any, report: Report) -> int:
    """Raises what a person can mend."""
    raise BadInput("The file is empty.", "rows.", "add some.")


class Nest:
    """What `nested` asks, and whom."""

    desk: Desk
    inner: Any


def until(condition: Callable[[], bool]) -> None:
    """Waits for a condition that must become true soon."""
    for _ in range(SOON * 100):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not happen")


def test_a_job_is_returned_at_once_and_tells_how_it_goes(desk: Desk) -> None:
    job = desk.start(gated, VALUES)
    until(lambda: job.status().message == "waiting")
    status = job.status()
    assert (status.state, status.fraction, status.name) == ("running", 0.25, "Gated")
    assert status.elapsed > 0
    with pytest.raises(TimeoutError):
        job.result(0)
    Calls.gate.set()
    assert job.result(SOON).tolist() == [1, 2, 3, 4, 5]
    done = job.status()
    assert (done.state, done.fraction, done.error, done.notes, done.reused) == ("done", 1.0, "", (), False)
    assert job.status() == done  # time stands still once it is done


def test_three_who_ask_at_once_share_one_computation(store: Store) -> None:
    desk = Desk(store, Threads(3))
    together = threading.Barrier(3)
    jobs: list[Any] = []

    def ask() -> None:
        together.wait()
        jobs.append(desk.start(gated, VALUES))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    Calls.gate.set()
    assert len({id(job.result(SOON)) for job in jobs}) == 1
    assert len(set(jobs)) == 1
    assert Calls.count == 1


def test_three_who_wait_for_it_in_their_own_threads_share_one_too(desk: Desk) -> None:
    results: list[Any] = []
    threads = [threading.Thread(target=lambda: results.append(desk.run(gated, VALUES))) for _ in range(3)]
    for thread in threads:
        thread.start()
    Calls.entered.wait()
    Calls.gate.set()
    for thread in threads:
        thread.join(SOON)
    assert len({id(result) for result in results}) == 1
    assert Calls.count == 1


def test_a_finished_key_is_not_computed_again(desk: Desk, store: Store) -> None:
    first = desk.run(doubled, VALUES)
    assert desk.run(doubled, VALUES.copy()) is first  # from memory: equal content is the same key
    later = Desk(store, Inline()).start(doubled, VALUES)
    assert later.status().reused
    assert (later.result() == first).all()
    assert Calls.count == 1


def test_other_inputs_settings_or_versions_are_other_keys() -> None:
    prints, newer = ["a"], step(version=2, name=doubled.name)(doubled.function)
    keys = [
        doubled.key(prints), doubled.key(["b"]), doubled.key([*prints, "b"]), doubled.key(prints, {"a": 1}),
        doubled.key(prints, {"a": 1.0}), newer.key(prints), gated.key(prints),
    ]  # fmt: skip
    assert len(set(keys)) == len(keys)


def test_results_are_read_only_whether_computed_or_loaded(desk: Desk, store: Store) -> None:
    assert not desk.run(doubled, VALUES).flags.writeable
    assert not Desk(store, Inline()).run(doubled, VALUES).flags.writeable


def test_a_step_that_raises_fails_with_a_message_and_starts_anew_when_asked(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        job = desk.start(broken, VALUES)
        job.wait(SOON)
    assert job.status().state == "failed"
    assert job.status().error == "Broken failed: ValueError: no good; details in the log."
    assert "in broken" in caplog.text  # the traceback
    with pytest.raises(ValueError, match="no good"):
        job.result()
    assert desk.find(broken, VALUES) is job  # looking does not restart it
    again = desk.start(broken, VALUES)
    again.wait(SOON)
    assert again is not job
    assert Calls.count == 2


def test_a_step_that_exits_fails_like_any_other(desk: Desk) -> None:
    job = desk.start(leaving)
    with pytest.raises(RuntimeError, match="SystemExit: no more"):
        job.result(SOON)
    assert desk.start(doubled, VALUES).result(SOON).tolist() == [0, 2, 4, 6, 8]
    assert Calls.count == 2


def test_bad_input_is_shown_as_it_is(desk: Desk) -> None:
    job = desk.start(refusing)
    with pytest.raises(BadInput):
        job.result(SOON)
    assert job.status().error == "The file is empty. Expected: rows. What to do: add some."


def test_cancel_ends_a_step_at_its_next_report(desk: Desk) -> None:
    job = desk.start(gated, VALUES)
    Calls.entered.wait()
    job.cancel()
    assert job.status().state == "cancelled"
    with pytest.raises(Cancelled):
        job.result()
    until(lambda: not working())
    again = desk.start(gated, VALUES)
    Calls.gate.set()
    assert again.result(SOON).tolist() == [1, 2, 3, 4, 5]
    assert job.status().state == "cancelled"


def test_a_step_that_ignores_cancel_is_cancelled_at_once_and_never_comes_back(
    desk: Desk, store: Store
) -> None:
    job = desk.start(deaf, VALUES)
    Calls.entered.wait()
    job.cancel()
    assert job.status().state == "cancelled"
    assert desk.start(doubled, VALUES).result(SOON) is not None  # the only worker was replaced
    Calls.gate.set()
    until(lambda: not working())
    assert job.status().state == "cancelled"
    assert not store.has(job.key)


def test_a_queued_job_can_be_cancelled_and_never_starts(desk: Desk) -> None:
    blocking = desk.start(gated, VALUES)
    Calls.entered.wait()
    queued = desk.start(doubled, VALUES)
    assert queued.status().state == "queued"
    queued.cancel()
    Calls.gate.set()
    blocking.result(SOON)
    until(lambda: not working())
    assert Calls.count == 1


def test_a_step_inside_a_step_needs_no_second_worker(desk: Desk) -> None:
    Nest.desk, Nest.inner = desk, doubled
    assert desk.start(nested, VALUES).result(SOON).tolist() == [1, 3, 5, 7, 9]


def test_a_queued_step_that_is_needed_is_done_by_whoever_needs_it(desk: Desk) -> None:
    Nest.desk, Nest.inner = desk, doubled
    blocking = desk.start(gated, VALUES)
    Calls.entered.wait()
    outer, inner = desk.start(nested, VALUES), desk.start(doubled, VALUES)
    assert desk.run(nested, VALUES).tolist() == [1, 3, 5, 7, 9]  # while the only worker is busy
    assert (outer.status().state, inner.status().state) == ("done", "done")
    Calls.gate.set()
    blocking.result(SOON)


def test_who_waits_for_the_work_of_another_takes_no_worker(store: Store) -> None:
    desk = Nest.desk = Desk(store, Threads(2))
    Nest.inner = gated
    first = desk.start(nested, VALUES)  # one worker does the inner step
    Calls.entered.wait()
    second = desk.start(nested_too, VALUES)  # the other waits for it
    until(lambda: second.status().message == "waiting")
    assert desk.start(doubled, VALUES).result(SOON).tolist() == [0, 2, 4, 6, 8]
    Calls.gate.set()
    assert first.result(SOON).tolist() == second.result(SOON).tolist()


def test_who_waits_sees_the_progress_and_stops_when_cancelled(store: Store) -> None:
    desk = Nest.desk = Desk(store, Threads(2))
    Nest.inner = gated
    inner = desk.start(gated, VALUES)
    Calls.entered.wait()
    outer = desk.start(nested, VALUES)
    until(lambda: outer.status().message == "waiting")
    outer.cancel()
    until(lambda: len(working()) == 1)
    assert inner.status().state == "running"  # it is wanted for itself
    Calls.gate.set()
    inner.result(SOON)


def test_work_that_another_wants_outlives_the_cancel_of_who_ran_it(store: Store) -> None:
    desk = Nest.desk = Desk(store, Threads(2))
    Nest.inner = gated
    outer = desk.start(nested, VALUES)  # runs the inner step in its own thread
    Calls.entered.wait()
    inner = desk.start(gated, VALUES)
    outer.cancel()
    Calls.gate.set()
    assert inner.result(SOON).tolist() == [1, 2, 3, 4, 5]


def test_a_step_that_waits_for_itself_fails(desk: Desk) -> None:
    Nest.desk = desk
    with pytest.raises(RuntimeError, match="waits for itself"):
        desk.run(endless, VALUES)


def test_an_interrupt_ends_the_job_for_all(desk: Desk) -> None:
    def interrupted(fraction: float, message: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.run(doubled, VALUES, report=interrupted)
    job = desk.find(doubled, VALUES)
    assert job is not None
    assert job.status().state == "cancelled"


def test_a_damaged_artifact_is_rebuilt_and_that_is_said(desk: Desk, store: Store) -> None:
    desk.run(doubled, VALUES)
    (array,) = store.folder.glob("??/*/*.npy")
    array.write_bytes(array.read_bytes()[:50])
    for engine in (Inline(), Threads(1)):
        job = Desk(store, engine).start(doubled, VALUES)
        assert job.result(SOON).tolist() == [0, 2, 4, 6, 8]
        if isinstance(engine, Inline):
            assert "damaged artifact" in job.status().notes[0]
    assert Calls.count == 2


def test_damage_found_by_the_loader_goes_to_the_engine(store: Store) -> None:
    Desk(store, Inline()).run(doubled, VALUES)
    next(store.folder.glob("??/*/*.npy")).unlink()
    job = Desk(store, Threads(1, "engine"), Threads(1, "loader")).start(doubled, VALUES)
    assert job.result(SOON).tolist() == [0, 2, 4, 6, 8]
    assert "damaged artifact" in job.status().notes[0]
    assert not job.status().reused


def test_a_full_disk_loses_no_result_and_that_is_said(tmp_path: Path) -> None:
    desk = Desk(Store(tmp_path, 1_000_000, FullDisk("create", 28)), Inline())
    job = desk.start(doubled, VALUES)
    assert job.result().tolist() == [0, 2, 4, 6, 8]
    assert job.status().notes == ("The result was not kept: no space left on device.",)


def test_memory_holds_a_bounded_number_of_results(
    desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "_LIVE_BYTES", 3 * VALUES.nbytes)
    inputs = [VALUES + at for at in range(5)]
    for values in inputs:
        desk.start(doubled, values).result(SOON)
    until(lambda: len(desk.jobs()) == 3)
    assert desk.find(doubled, inputs[0]) is None
    assert desk.run(doubled, inputs[0]).tolist() == [0, 2, 4, 6, 8]  # from the store
    assert Calls.count == 5


def test_forgetting_data_cancels_and_deletes_what_descends_from_it(store: Store) -> None:
    desk = Desk(store, Threads(2))
    waiting = desk.start(gated, desk.run(doubled, VALUES))
    Calls.entered.wait()
    desk.forget(fingerprint(VALUES))
    assert waiting.status().state == "cancelled"
    assert desk.jobs() == []
    assert store.entries() == []


def test_the_tray_shows_what_was_asked_for_the_latest_first(desk: Desk) -> None:
    Nest.desk, Nest.inner = desk, doubled
    desk.start(nested, VALUES).result(SOON)
    desk.start(doubled, VALUES + 1).result(SOON)
    assert [status.name for status in desk.jobs()] == ["Doubled", "Nested"]


def test_the_default_desk_is_made_as_the_settings_say(home: Path) -> None:
    desk = default_desk(Inline())
    assert desk.run(doubled, VALUES, report=silent).tolist() == [0, 2, 4, 6, 8]
    assert len(list((home / "store").glob("??/*/manifest.json"))) == 1
    assert home.stat().st_mode & 0o777 == 0o700


def working() -> list[threading.Thread]:
    """Threads of engines that are alive."""
    return [thread for thread in threading.enumerate() if thread.name in ("work", "engine", "loader")]
