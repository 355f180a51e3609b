"""One BLAS thread where threads of our own work side by side: more would wait for each other."""

import threading
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType


class _Single(AbstractContextManager[None]):
    """Counts who asked: the first sets the limit, the last takes it away, whoever that is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._limit = ExitStack()

    def __enter__(self) -> None:
        from threadpoolctl import threadpool_limits

        with self._lock:
            self._inside += 1
            if self._inside == 1:
                _anyone_may_set()
                self._limit.enter_context(threadpool_limits(1, "blas"))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                _anyone_may_set()
                self._limit.close()


def _anyone_may_set() -> None:
    """threadpoolctl heeds only the thread that set OpenBLAS first, as long as it lives; ours take turns."""
    from threadpoolctl import OpenBLASController

    OpenBLASController.clear_controlling_thread(force=True)


SINGLE = _Single()  # with SINGLE: BLAS uses one thread in this process
