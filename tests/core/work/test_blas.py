"""BLAS threads while our own work side by side."""

import threading
from contextlib import ExitStack

from threadpoolctl import threadpool_info, threadpool_limits

from core.work.blas import SINGLE


def threads() -> set[int]:
    """How many threads each BLAS of this process uses.

    Not those that thread by OpenMP, as that of faiss, once loaded: there each thread has its own number.
    """
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return {int(pool["num_threads"]) for pool in pools if pool.get("threading_layer") != "openmp"}


def test_the_last_who_leaves_gives_the_threads_back() -> None:
    """Whoever comes first may leave first: nobody finds a limit that another left behind."""
    with threadpool_limits(2, "blas"):
        before = threads()
        first, last = ExitStack(), ExitStack()
        first.enter_context(SINGLE)
        last.enter_context(SINGLE)
        assert threads() == {1}
        first.close()
        assert threads() == {1}
        last.close()
        assert threads() == before


def test_another_thread_than_the_first_gives_the_threads_back() -> None:
    """The one that came first may live on: what another gives back counts all the same."""
    entered, leave, left, end = (threading.Event() for _ in range(4))

    def first() -> None:
        with SINGLE:
            entered.set()
            leave.wait(10)
        left.set()
        end.wait(10)

    with threadpool_limits(2, "blas"):
        before = threads()
        one = threading.Thread(target=first)
        one.start()
        entered.wait(10)
        with SINGLE:
            leave.set()
            left.wait(10)
            assert threads() == {1}
        found = threads()
        end.set()
        one.join()
    assert found == before
