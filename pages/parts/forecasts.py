"""What recommenders will take, shown beside them before they run. It never waits: what is not known yet is
worked out by the desk, and shown at the next look."""

import math
from typing import Any, TypeVar

import streamlit as st

from core.data.dataset import Dataset
from core.data.load import samples
from core.evaluation.division import division, sized
from core.evaluation.protocol import dataset_in_child, dataset_of
from core.recommenders.base import Recommender, recommender_of
from core.recommenders.demand import Size
from core.recommenders.forecast import Forecast, forecast, refusal
from core.recommenders.speeds import Speeds, calibrated, machine
from core.work.errors import BadInput
from core.work.steps import Step
from pages.parts import job_panel, session, states
from pages.parts.words import _

R = TypeVar("R")
SMALLEST = 1e8  # bytes that are shown as such


def known() -> tuple[Size, Speeds] | None:
    """How large the training part is and how fast the machine; None while that is being found out."""
    from pages.parts import data  # it imports the frame, where this is shown

    try:
        found = read_already()
        if found is None:
            return None
        size = at_once(sized, found, settings=division(data.experiment(found), found))
    except BadInput:  # the page says what is wrong
        return None
    speeds = at_once(calibrated, settings=machine())
    return None if size is None or speeds is None else (size, speeds)


def read_already() -> Dataset | None:
    """The data set of the state where it is in memory; None while it is read. Raises BadInput without one."""
    from pages.parts import data

    source = session.shelf().get(session.state().data)
    step = dataset_of if source.data in samples() else dataset_in_child
    reading = job_panel.desk().find(step, source, data.content(source))
    return reading.result() if reading is not None and reading.status().state == "done" else None


def beside(recommender: Recommender, measured: tuple[Size, Speeds] | None) -> str:
    """A forecast in short: "≈ 2.1 s, ≈ 0.3 GB"; "" where it is not known."""
    found = forecast(recommender, *measured) if measured else None
    return "" if found is None else words(found)


def words(found: Forecast) -> str:
    """Time and memory in short; that it is too much, where it is beyond the limits."""
    memory = f"≈ {rough(found.bytes / 1e9)} GB" if found.bytes >= SMALLEST else _("under 0.1 GB")
    short = f"{spoken_time(found.seconds)}, {memory}"
    return short if found.verdict == "fits" else _("{forecast}: too much").format(forecast=short)


def show(spec: str) -> None:
    """The forecast of a recommender with its settings; beyond the limits, why and what would be allowed."""
    measured, recommender = known(), recommender_of(spec)
    if measured is None:
        states.caption(_("Its time and memory are being forecast."))
        return
    found = forecast(recommender, *measured)
    if found is None:
        states.caption(_("Its time and memory can't be forecast: it does not say what it takes."))
    elif found.verdict == "fits":
        text = _("Forecast on this machine: {forecast}, for fitting and making everyone's lists.")
        states.caption(text.format(forecast=words(found)))
    else:
        states.bad_input(refusal(recommender, found, *measured))
    st.link_button(
        _("How this is forecast"),
        session.link("methods", term="forecast"),
        type="tertiary",
        icon=":material/help:",
    )


def spoken_time(seconds: float) -> str:
    """A time in short."""
    if seconds < 1:
        return _("under 1 s")
    if seconds < 100:
        return f"≈ {rough(seconds)} s"
    return _("≈ {n} min").format(n=rough(seconds / 60))


def rough(value: float) -> str:
    """Two significant digits: a forecast is no measurement.

    >>> rough(8.09), rough(39.3), rough(0.208), rough(1234.0)
    ('8.1', '39', '0.21', '1,200')
    """
    places = 1 - math.floor(math.log10(value))
    return f"{round(value, places):,.{max(places, 0)}f}"


def at_once(step: Step[R], *inputs: Any, settings: Any) -> R | None:
    """A result that is there; None while it is not, after the desk was asked for it."""
    desk = job_panel.desk()
    job = desk.find(step, *inputs, settings=settings) or desk.start(step, *inputs, settings=settings)
    return job.result() if job.status().state == "done" else None
