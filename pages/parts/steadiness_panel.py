"""Other splits and seeds on Overview: whether who leads depends on them. Started by a press, then kept."""

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.integrity import Check
from core.evaluation.steadiness import Steadiness, Steady, check, steadiness
from core.work.fingerprint import fingerprint
from pages.parts import job_panel, numbers, states
from pages.parts.metric_names import metric_at
from pages.parts.overview_figures import order_of
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted


def tried(found: Dataset, comparison: Comparison, state: State) -> Check | None:
    """What is known of other splits and seeds; None where nobody asked yet."""
    asked = _asked(comparison, state)
    if not job_panel.ready(steadiness, found, settings=asked):
        return None
    got = job_panel.outcome(steadiness, found, settings=asked).result
    return None if got is None else check(got)


def show(found: Dataset, comparison: Comparison, state: State) -> None:
    """A button that starts it; then each repeat, and how often each recommender leads."""
    if len(comparison.entries) < 2:
        states.caption(_("With one recommender there is no order."))
        return
    if state.segment:
        states.caption(_("Repeats are of everyone: choose everyone instead of a segment."))
        return
    asked = _asked(comparison, state)
    key = fingerprint(asked.experiment.model_dump_json(), asked.metric, asked.k)
    pressed = st.session_state.get("steadiness_asked") == key
    if not job_panel.ready(steadiness, found, settings=asked) and not pressed:
        states.caption(
            _(
                "All recommenders are fit again with two other seeds and on up to four splits: about "
                "{n} times what this comparison took. Ready-made lists were made for one split, and are "
                "left out."
            ).format(n=6)
        )
        st.button(_("Try other splits and seeds"), key="steadiness_start", on_click=_start, args=(key,))
        return
    got = job_panel.peek(steadiness, found, settings=asked, key="steadiness")
    if got is not None:
        _draw(comparison, got, state)


def _start(key: str) -> None:
    st.session_state["steadiness_asked"] = key


def _asked(comparison: Comparison, state: State) -> Steady:
    return Steady(comparison.experiment, state.metric, state.k)


def _draw(comparison: Comparison, got: Steadiness, state: State) -> None:
    name, done = metric_at(state.metric, state.k), got.done
    st.html(f'<p class="ts-said">{escaped(_sentence(got), 600)}</p>')
    specs = [entry.spec for entry in comparison.entries]
    order = [got.specs.index(specs[row]) for row in order_of(comparison, state) if specs[row] in got.specs]
    spread, leads = got.spread, got.leads
    rows = []
    for at, repeat in enumerate(got.repeats):
        own = {_("split"): repeat.split, _("seed"): str(repeat.seed)}
        for row in order:
            one = repeat.estimates[row] if repeat.estimates else None
            own[plain(got.labels[row])] = (
                f"{numbers.figure(one.mean)} ({numbers.interval(one)})" if one else "–"
            )
        own["n"] = f"{max(one.n for one in repeat.estimates):,}" if repeat.estimates else "–"
        own[_("what it is")] = _("this comparison") if not at else plain(repeat.reason, 200)
        rows.append(own)
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        key="steadiness_table",
        alt=_("{metric} of each recommender under each split and seed").format(metric=name),
    )
    for row in order:
        low, high = (numbers.figure(end) for end in spread[row])
        states.caption(
            _("{name}: {metric} from {low} to {high}; leads in {leads} of {repeats}.").format(
                name=plain(got.labels[row]),
                metric=name,
                low=low,
                high=high,
                leads=leads[row],
                repeats=len(done),
            )
        )


def _sentence(got: Steadiness) -> str:
    done = len(got.done)
    if done < 2:
        return _("No other split or seed could be tried: the reasons stand in the table.")
    if not got.flips:
        return counted(
            "Over {n} split and seed, nobody who is told apart changes places.",
            "Over {n} splits and seeds, nobody who is told apart changes places.",
            done,
        )
    ahead, behind, repeat = got.flips[0]
    return _("{first} is ahead of {second} here and behind it under {split}, seed {seed}.").format(
        first=got.labels[ahead],
        second=got.labels[behind],
        split=got.repeats[repeat].split,
        seed=got.repeats[repeat].seed,
    )
