"""Erasing as a step, so that pages can start it, show how far it is, and cancel it."""

from dataclasses import dataclass
from typing import Literal

from core.data.load import Source
from core.evaluation.erasing import Erased, forget_data, forget_everywhere, forget_person
from core.work import here
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Wish:
    """Who or what is to be erased: a person in one data set, a person everywhere, or a data set."""

    what: Literal["person", "everywhere", "data"]
    data: str = ""  # address of the data set
    user: str = ""


@step(kept=False)
def erase(*, settings: Wish, report: Report) -> Erased:
    """Erase a person or a data set.

    Its wish is among the settings, not the inputs: else it would descend from what it deletes, and
    be cancelled by it.
    """
    desk = here.current()
    if settings.what == "data":
        report(0.1, "Deleting")
        return forget_data(desk, settings.data)
    if settings.what == "person":
        return forget_person(desk, settings.user, Source(data=settings.data), report)
    return forget_everywhere(desk, settings.user, report)
