"""Which desk a step runs at, so that it can ask for the results of other steps."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.work.desk import Desk

_here = threading.local()


def current() -> "Desk":
    """The desk that runs the step in this thread; RuntimeError outside a step."""
    desks = getattr(_here, "desks", None)
    if not desks:
        raise RuntimeError("no desk runs a step in this thread")
    found: Desk = desks[-1]
    return found


def desk_or_none() -> "Desk | None":
    """The desk that runs the step in this thread; None outside a step."""
    desks = getattr(_here, "desks", None)
    return desks[-1] if desks else None


@contextmanager
def at(desk: "Desk") -> Iterator[None]:
    """Makes a desk the current one of this thread while a step runs."""
    if not hasattr(_here, "desks"):
        _here.desks = []
    _here.desks.append(desk)
    try:
        yield
    finally:
        _here.desks.pop()
