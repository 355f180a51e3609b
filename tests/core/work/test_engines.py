"""Engines run everything, in order, and let their threads go."""

import threading
from typing import Any

import numpy as np
import pytest

from core.work.engines import Engine, Inline, Threads

ENGINES = [Inline(), Threads(1), Threads(3)]


def scaled(part: int, factor: int) -> int:
    return part * factor


def failing(part: int) -> int:
    if part == 2:
        raise ValueError("two")
    return part


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
def test_map_keeps_the_order(engine: Engine) -> None:
    assert engine.map(scaled, range(20), 3) == [3 * at for at in range(20)]
    assert engine.map(scaled, [], 3) == []


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
def test_map_raises_what_a_part_raises(engine: Engine) -> None:
    with pytest.raises(ValueError, match="two"):
        engine.map(failing, range(5))


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
def test_a_map_inside_a_map_ends(engine: Engine) -> None:
    def inner(part: int) -> int:
        return sum(engine.map(scaled, range(part), 1))

    assert engine.map(inner, range(5)) == [0, 0, 1, 3, 6]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
def test_what_is_submitted_is_done_even_after_work_that_breaks(engine: Engine) -> None:
    done = threading.Semaphore(0)

    def work(*args: Any) -> None:
        done.release()

    for at in range(5):
        engine.submit(str(at), work, at)
    assert all(done.acquire(timeout=10) for _ in range(5))


def test_work_that_exits_does_not_take_the_worker_along() -> None:
    engine, done = Threads(1), threading.Event()
    engine.submit("exits", exit)
    engine.submit("next", done.set)
    assert done.wait(10)


def test_abandoned_work_is_replaced_but_not_without_end() -> None:
    engine, gate, entered = Threads(1), threading.Event(), threading.Semaphore(0)

    def stuck() -> None:
        entered.release()
        gate.wait()

    for key in ("worker", "replacement"):
        engine.submit(key, stuck)
        assert entered.acquire(timeout=10)
        engine.abandon(key)
    engine.submit("waits", stuck)
    assert not entered.acquire(timeout=0.2)
    gate.set()
    assert entered.acquire(timeout=10)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
def test_a_shared_array_is_read_only(engine: Engine) -> None:
    assert not engine.share(np.arange(3)).flags.writeable


def test_idle_workers_are_gone_and_close_drops_what_waits() -> None:
    engine, gate, entered = Threads(1, "closing"), threading.Event(), threading.Event()

    def work() -> None:
        entered.set()
        gate.wait()

    engine.submit("a", work)
    engine.submit("b", pytest.fail, "it was dropped")
    assert entered.wait(10)
    threading.Timer(0.05, gate.set).start()
    engine.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "closing"]
