"""What somebody brings runs apart: in a child process, with limits of time and memory."""

from dataclasses import replace
from typing import Any, TypeVar

from core.data.folds import Train
from core.recommenders.base import Recommender, with_parts
from core.recommenders.fitting import Fitted, fit, fitting
from core.work import isolated
from core.work.errors import BadInput
from core.work.here import current
from core.work.plugins import PREFIX
from core.work.report import Report, silent
from core.work.steps import ChildFailed, Step

R = TypeVar("R")


def foreign(recommender: Recommender) -> bool:
    """Whether it, or a part of it, is code that somebody brought."""
    return any(type(one).__module__.startswith(PREFIX) for one in with_parts(recommender))


def fitted(recommender: Recommender, train: Train, report: Report) -> Fitted:
    """What it learnt from a training part: kept at the desk of the step that asks, or fit now."""
    return kept(recommender, fit, train, settings=fitting(recommender), report=report)


def kept(
    recommender: Recommender, step: Step[R], *inputs: Any, settings: Any = None, report: Report = silent
) -> R:
    """The step's result on behalf of a recommender: from the desk of the step that asks, or computed now.

    Raises BadInput also where the code that somebody brought fails.
    """
    where = replace(step, isolated=True) if foreign(recommender) else step
    try:
        return current().run(where, *inputs, settings=settings, report=report)
    except ChildFailed as error:
        raise _broken(error) from error


def ask(
    recommender: Recommender, step: Step[R], *inputs: Any, settings: Any = None, report: Report = silent
) -> R:
    """As `kept`, but nothing is kept: for questions that are asked once, or many times."""
    if not foreign(recommender):
        return step(*inputs, settings=settings, report=report)
    try:
        return isolated.call(step, *inputs, settings=settings, report=report)
    except ChildFailed as error:
        raise _broken(error) from error


def _broken(error: ChildFailed) -> BadInput:
    """What to say of code that failed in its child."""
    return BadInput(f"Its code failed: {error}.", "code that ends well.", "mend the plug-in.")
