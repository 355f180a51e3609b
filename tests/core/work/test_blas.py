"""BLAS threads while our own work side by side."""

from contextlib import ExitStack

from threadpoolctl import threadpool_info, threadpool_limits

from core.work.blas import SINGLE


def threads() -> set[int]:
    """How many threads each BLAS of this process uses."""
    return {int(pool["num_threads"]) for pool in threadpool_info() if pool["user_api"] == "blas"}


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
