"""Progress: what a step calls while it works, and how it learns that nobody wants it any more."""

from typing import Protocol


class Report(Protocol):
    """Takes the fraction done (0 to 1) and a short message; raises Cancelled after a cancel."""

    def __call__(self, fraction: float, message: str) -> None: ...


class Cancelled(Exception):
    """The job was cancelled. Steps let it pass."""


def silent(fraction: float, message: str) -> None:
    """A report that nobody reads."""


def within(report: Report, low: float, high: float) -> Report:
    """A report for a part of the work: its 0 to 1 becomes `low` to `high` of the whole.

    >>> within(lambda fraction, message: print(fraction, message), 0.5, 1.0)(0.5, "half of a half")
    0.75 half of a half
    """

    def part(fraction: float, message: str) -> None:
        report(low + (high - low) * fraction, message)

    return part
