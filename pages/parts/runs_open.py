"""From a run to Overview: its experiment becomes the state, and with that the address."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.data import downloads
from core.data.load import Source, samples
from core.data.upload import is_upload
from core.evaluation.experiment import PAGE_K, Experiment
from core.evaluation.recorded import recorded
from core.work.errors import BadInput
from pages.parts import opening, ready_made, session, states
from pages.parts.comparison_form import OVERVIEW
from pages.parts.palette import MOST
from pages.parts.url_state import OF_DATA, State
from pages.parts.words import _, listed

if TYPE_CHECKING:
    from core.work.runs import Run


def in_overview(run: "Run") -> None:
    """Shows a run's experiment on Overview, or says why that can't be."""
    try:
        changes = state_of(recorded(run).experiment, run.name, session.state())
    except BadInput as error:
        states.bad_input(error)
        return
    session.change(**changes)
    st.switch_page(OVERVIEW)


def state_of(experiment: Experiment, name: str, now: State) -> dict[str, Any]:
    """Fields of the state that show an experiment; raises BadInput where an address can't say it."""
    beyond = [
        word
        for word, there in (
            (_("a seed"), experiment.seed),
            (_("candidates"), experiment.candidates),
            (_("drawn negatives"), experiment.negatives),
            (_("ready-made lists"), experiment.recommendations != ready_made.lists()),
            (_("more than {n} recommenders").format(n=MOST), len(experiment.recommenders) > MOST),
        )
        if there
    ]
    if beyond or not experiment.recommenders:
        raise BadInput(
            _("Overview can't show this run: it has {what}.").format(
                what=listed(beyond or [_("ready-made lists")])
            ),
            _("an experiment that an address can say."),
            _("download its experiment and repeat it: python -m core compare --experiment FILE"),
        )
    return OF_DATA | {
        "data": _key(experiment.source, name),
        "recommenders": experiment.recommenders,
        "split": experiment.split or "",
        "positive": experiment.positive or "all",
        "exclude_seen": experiment.exclude_seen,
        "min_user": experiment.min_user,
        "min_item": experiment.min_item,
        "metric": now.metric if now.metric in experiment.metrics else experiment.metrics[0],
        "k": now.k if now.k in (*experiment.k, *PAGE_K) else experiment.k[0],
        "baseline": "",
    }


def _key(source: Source, name: str) -> str:
    """The key of a source: of a sample, a fetched set, an upload of this session, or a place on the shelf."""
    if source == Source(data=source.data) and (source.data in samples() or downloads.is_fetched(source.data)):
        return source.data
    for key in [*opening.uploads(), *session.shelf().keys()]:
        try:
            if session.shelf().get(key) == source:
                return key
        except BadInput:  # gone meanwhile
            continue
    return session.shelf().put(source, name, passing=any(map(is_upload, (source.data, source.items))))
