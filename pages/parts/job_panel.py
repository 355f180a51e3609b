"""Jobs on pages: ask the desk, show progress, cancel. Only `poll` reruns by itself.

    dataset = job_panel.result(dataset_of, source, content)     # or the page ends, showing progress

A page that asks for something that isn't there yet shows a skeleton with the job's own progress and
ends; the poll reruns it when the job has ended. A failed or cancelled job is not started anew by
looking at it: the panel has a button for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.work import farewell
from core.work.desk import Desk, default_desk
from core.work.errors import BadInput
from core.work.fingerprint import fingerprint
from core.work.jobs import Job, Status
from core.work.report import Cancelled
from core.work.steps import Step
from pages.parts import dialog, states
from pages.parts.text import markdown
from pages.parts.words import _, counted, said

R = TypeVar("R")
GLANCE = 0.02  # seconds that a part of a page waits before it shows progress in its place
SOON = 0.3  # seconds that a page waits before it shows a skeleton
EVERY = 0.7  # seconds between two looks at running jobs


class Waiting(states.PageEnds):
    """The page waits for a job; its progress is drawn in `place`."""

    def __init__(self, key: str, place: DeltaGenerator) -> None:
        super().__init__(key)
        self.key, self.place = key, place


@st.cache_resource(show_spinner=False)  # it may be made by a thread that has no session
def desk() -> Desk:
    """The desk of this server; all sessions share it."""
    found = default_desk()
    farewell.at_end(found.close)
    return found


def result(
    step: Step[R], *inputs: Any, settings: Any = None, skeleton: Callable[[], None] = states.skeleton
) -> R:
    """The result of a step, started if nobody has; else the page ends and shows how far it is."""

    def start() -> None:
        desk().start(step, *inputs, settings=settings)

    job = desk().find(step, *inputs, settings=settings) or desk().start(step, *inputs, settings=settings)
    job.wait(SOON)
    status = job.status()
    if status.state == "done":
        for note in status.notes:
            states.caption(said(note))
        return job.result()
    if status.state in ("queued", "running"):
        place = st.container(key="progress")
        skeleton()
        raise Waiting(job.key, place)
    if status.state == "failed":
        states.error(_("This could not be worked out."), said(status.error))
    else:
        states.empty(_("Cancelled."), _("What was finished before is kept."))
    st.button(_("Start again"), key="start_again", type="primary", on_click=start)
    raise states.PageEnds


def peek(step: Step[R], *inputs: Any, settings: Any = None, key: str) -> R | None:
    """The result of a step, or None while it is worked out: its progress stands here, and the page goes on.

    `key` tells the places of one page apart.
    """

    def start() -> None:
        desk().start(step, *inputs, settings=settings)

    kept = ready(step, *inputs, settings=settings)
    job = desk().find(step, *inputs, settings=settings) or desk().start(step, *inputs, settings=settings)
    job.wait(SOON if kept else GLANCE)
    status = job.status()
    if status.state == "done":
        return job.result()
    if status.state in ("queued", "running"):
        st.fragment(_follow, run_every=EVERY)(job.key, key)
        return None
    if status.state == "failed":
        states.caption(said(status.error))
    else:
        states.caption(_("Cancelled."))
    st.button(_("Start again"), key=f"again_{key}", type="tertiary", on_click=start)
    return None


def started(step: Step[R], *inputs: Any, settings: Any = None) -> Job[R]:
    """The job of a step, in whatever state; started unless somebody has."""
    return desk().find(step, *inputs, settings=settings) or desk().start(step, *inputs, settings=settings)


def watched(job: Job[Any], where: str) -> bool:
    """Whether a job has its result; else how far it is, or why there is none. For parts that look again."""
    status = job.status()
    if status.state in ("queued", "running"):
        _draw_progress(status, where)
    elif status.state == "failed":
        states.caption(said(status.error))
    elif status.state == "cancelled":
        states.caption(_("Cancelled."))
    return status.state == "done"


def ready(step: Step[Any], *inputs: Any, settings: Any = None) -> bool:
    """Whether a result is there, in memory or in the store; starts nothing."""
    job = desk().find(step, *inputs, settings=settings)
    if job is not None:
        return job.finished
    return desk().store.has(step.key([fingerprint(one) for one in inputs], settings))


@dataclass(frozen=True)
class Outcome(Generic[R]):
    """The result of a step, or None; and whether it may still come."""

    result: R | None
    waits: bool


def outcome(step: Step[R], *inputs: Any, settings: Any = None) -> Outcome[R]:
    """What became of a step that another part of the page started; starts nothing new."""
    if not ready(step, *inputs, settings=settings):
        return Outcome(None, waits=True)
    job = started(step, *inputs, settings=settings)
    job.wait(SOON)
    state = job.status().state
    return Outcome(job.result() if state == "done" else None, state in ("queued", "running"))


def redraw_after(key: str) -> None:
    """Draws the page again when a job has ended; shows nothing until then. For fragments."""
    job = desk().job(key)
    if job is None or job.finished:
        dialog.redraw()


def came_of(key: str, failed: str, cancelled: Callable[[], None]) -> Any:
    """The result of a job that was started by a press; None while it runs, and where it has none, with why.

    `failed` says what could not be done, `cancelled` draws what is so when it was cancelled.
    """
    job = desk().job(key)
    if job is None:
        return None
    if not job.wait(SOON):
        follow(job.key)
        return None
    try:
        return job.result(0)
    except BadInput as error:
        states.bad_input(error)
    except Cancelled:
        cancelled()
    except Exception:
        states.error(failed, said(job.status().error))
    return None


def follow(key: str) -> None:
    """Draws how far a job is, with a button to cancel it, while the page goes on; when it ends, the page
    is drawn again."""
    st.fragment(_follow, run_every=EVERY)(key)


def _follow(key: str, where: str = "here") -> None:
    job = desk().job(key)
    if job is None or job.finished:
        dialog.redraw()
        return
    _draw_progress(job.status(), where)


def poll(tray: DeltaGenerator, waiting: Waiting | None) -> None:
    """Draws the tray and the awaited job's progress, and looks again while anything runs."""
    busy = waiting is not None or any(_runs(status) for status in desk().jobs())
    st.fragment(_look, run_every=EVERY if busy else None)(tray, waiting)


def _look(tray: DeltaGenerator, waiting: Waiting | None) -> None:
    jobs = desk().jobs()
    with tray:
        _draw_tray([status for status in jobs if _runs(status)])
    if waiting is None:
        return
    job = desk().job(waiting.key)
    if job is None or job.finished:
        dialog.redraw()
        return
    with waiting.place:
        _draw_progress(job.status(), "page")


def _runs(status: Status) -> bool:
    return status.state in ("queued", "running")


def _draw_tray(running: list[Status]) -> None:
    label = counted("{n} job", "{n} jobs", len(running)) if running else _("No jobs")
    with st.popover(label, icon="spinner" if running else ":material/done_all:", type="tertiary", key="tray"):
        if not running:
            st.caption(_("Nothing is being worked out. Results are kept, so each is computed once."))
        for status in running:
            _draw_progress(status, "tray")


def _draw_progress(status: Status, where: str) -> None:
    doing = said(status.message) or (
        _("Waiting for a free worker") if status.state == "queued" else _("Starting")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(
            status.fraction, f"{markdown(titles(status.name))} · {markdown(doing)} · {status.elapsed:.0f} s"
        )
        st.button(_("Cancel"), key=f"cancel_{where}_{status.key[:16]}", on_click=cancel, args=(status.key,))


def cancel(key: str) -> None:
    """Cancels the job of that key, if it is still known."""
    job = desk().job(key)
    if job is not None:
        job.cancel()


def titles(name: str) -> str:
    """The name of a step for people; a step without one here has the name that it has in core."""
    return {
        "Compare": _("Comparing recommenders"),
        "Comparing runs": _("Comparing runs"),
        "Reproducing a run": _("Reproducing a run"),
        "Reading the data": _("Reading the data"),
        "Logged rates": _("Clicks and sales in the log"),
        "Clicks and sales": _("Estimating clicks and sales"),
        "Simulating clicks and sales": _("Simulating clicks and sales"),
        "Fetch set": _("Downloading"),
        "Erase": _("Erasing"),
        "Previewed": _("Looking at the file"),
        "Recognised": _("Looking at the file"),
        "Overview": _("Counting what is in the data"),
        "Checked": _("Checking the data"),
        "Finding what is alike": _("Finding what is alike"),
        "Measuring what BERT costs": _("Measuring what BERT costs"),
        "Comparing encoders": _("Comparing encoders"),
        "Finding keywords": _("Finding keywords"),
        "Searching by meaning": _("Searching by meaning"),
        "Reading moods": _("Reading moods"),
        "Reading what items say": _("Reading what items say"),
        "Reading what topics are learnt from": _("Reading what topics are learnt from"),
        "Learning topics": _("Learning topics"),
        "Comparing numbers of topics": _("Comparing numbers of topics"),
        "Reading interests": _("Reading interests"),
        "Comparing interests of groups": _("Comparing interests of groups"),
        "Finding segments": _("Finding segments"),
        "Finding words": _("Finding words"),
        "Finding names": _("Finding names"),
        "Finding how people differ": _("Finding how people differ"),
        "Placing new people": _("Placing new people"),
        "Measuring on held-out newcomers": _("Measuring on held-out newcomers"),
        "Measuring on held-out items": _("Measuring on held-out items"),
        "Making a newcomer's list": _("Making a newcomer's list"),
        "Reading details of people": _("Reading details of people"),
        "Learning which words items say": _("Learning which words items say"),
        "Reading a sentence": _("Reading a sentence"),
        "Searching what is wished for": _("Searching what is wished for"),
        "Tuning": _("Tuning settings"),
        "Measuring this machine": _("Measuring this machine"),
        "Measuring the data": _("Measuring the data"),
        "Comparing for a selection": _("Comparing for a selection"),
        "Comparing for a segment": _("Comparing for a segment"),
        "Comparing lists": _("Comparing lists"),
        "Dividing people": _("Dividing people"),
        "Comparing segments": _("Comparing segments"),
        "Comparing groups of items": _("Comparing groups of items"),
        "Testing reasons": _("Testing reasons"),
        "Trying another history": _("Trying another history"),
        "Why": _("Asking the model"),
        "Written": _("Writing"),
        "Asking for one person": _("Asking for one person"),
    }.get(name, name)
