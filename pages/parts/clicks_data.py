"""What clicks and sales are asked under: the state's question, of everyone or of the segment's people."""

import numpy as np

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import SHOWN, Clicks, ClicksOf, asked_of
from core.evaluation.offpolicy.asked import By as Divided
from core.evaluation.offpolicy.attribution import attributable
from core.evaluation.offpolicy.clicks import clicks
from core.evaluation.segments import Division
from core.types import TextArray
from pages.parts import data, job_panel, session
from pages.parts.segment_words import named
from pages.parts.url_state import State


def question(
    found: Dataset, state: State, names: tuple[str, ...] = SHOWN, by: Divided | None = None
) -> ClicksOf:
    """What the pages ask of a log; lists are cut at its longest page, whatever k is beyond it.

    `by`: into which groups impressions are divided; None for the people of the state's segment.
    """
    longest = int(found.impressions["position"].max()) if len(found.impressions) else state.k
    return asked_of(
        data.experiment(found),
        min(state.k, longest),
        names,
        by=people(found) if by is None else by,
        fit=state.propensities == "fitted",
        window=float(window(found, state)),
    )


def window(found: Dataset, state: State) -> int:
    """Days within which purchases count for a click; 0, as logged, where no interaction is a purchase."""
    return state.window if attributable(found, data.experiment(found).positive or "") else 0


def people(found: Dataset) -> Divided:
    """The people of the state's segment as the one group that is asked for; everyone where there is none."""
    chosen = data.segment(found)
    if chosen is None:
        return Divided()
    ids = np.array(sorted(chosen.users), dtype=object)
    return Divided("segment", ids, np.zeros(len(ids), dtype=np.int32), (session.state().segment,))


def divided_by(division: Division, user_ids: TextArray) -> Divided:
    """The segments of a comparison's people as the log's estimates are divided."""
    order = np.argsort(user_ids)
    return Divided(
        "segment",
        user_ids[order],
        division.labels[order].astype(np.int32),
        tuple(named(segment) for segment in division.segments),
    )


def by_estimator(found: Dataset, state: State) -> Clicks:
    """The estimates that the page shows, with the state's estimator; or the page ends, showing progress."""
    names = SHOWN if state.estimator in SHOWN else (*SHOWN, state.estimator)
    return job_panel.result(clicks, found, settings=question(found, state, names))
