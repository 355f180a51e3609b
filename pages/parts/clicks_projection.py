"""Where nothing was logged: what can't be known, what to log, and a simulation under stated assumptions."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.offpolicy.asked import WHY_NOT
from core.evaluation.offpolicy.projection import RATES, Asked, Assumptions, Projected, Projection, projection
from core.work.errors import BadInput
from pages.parts import charts, clicks_figures, clicks_words, data, job_panel, palette, states
from pages.parts.figures import Column, Line, columns_html
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _, counted, said, sentences

MOST = {"decay": 3.0}  # chances go to 1


def labels() -> dict[str, str]:
    """What the assumptions are called."""
    return {
        "decay": _("How fast looks fall"),
        "click_wanted": _("Click, held-out item"),
        "click_other": _("Click, other item"),
        "buy_wanted": _("Purchase, held-out item"),
        "buy_other": _("Purchase, other item"),
    }


def show(found: Dataset, state: State) -> None:
    """The refusal with what to log; then the simulation, labelled, with its assumptions to edit."""
    lead = st.container(key="lead")
    states.refused(_("Clicks and sales are not measurable here."), said(WHY_NOT["no impressions"]))
    st.subheader(_("Simulated: what if these assumptions held?"), anchor=False)
    assumed = assumptions()
    comparison = data.comparison(found)
    got = job_panel.result(projection, comparison, settings=Asked(assumed, state.k))
    with lead:
        states.text_line(sentence(comparison, got))
    drawn = columns(comparison, got)
    st.html(columns_html(drawn, alt=_alt(drawn)))
    states.caption(
        sentences(
            [
                _(
                    "Simulated from held-out items: the line is the 95 % interval over people, the wider "
                    "band is how far halving or doubling one assumption moves it."
                ),
                leads(comparison, got),
                _("It knows nothing that held-out relevance does not."),
            ]
        )
    )
    charts.behind(lambda: _frame(comparison, got), _alt(drawn), "clicks_projection")


def assumptions() -> Assumptions:
    """The five assumptions, each a number to edit; raises BadInput for what is out of bounds."""
    given = {}
    names = labels()
    with st.container(key="assumptions", horizontal=True, gap="medium", vertical_alignment="bottom"):
        for name, field in Assumptions.model_fields.items():
            given[name] = st.number_input(
                names[name],
                min_value=0.0,
                max_value=MOST.get(name, 1.0),
                value=float(field.default),
                step=0.1 if name == "decay" else 0.01,
                format="%.2f",
                key=f"assume_{name}",
                help=_(str(field.description)),
                width=170,
            )
    try:
        return Assumptions(**given)
    except ValidationError as error:
        raise BadInput(
            _("An assumption is out of bounds."),
            _("a chance from 0 to 1, and a fall from 0 to 3."),
            _("choose another number."),
        ) from error


def sentence(comparison: Comparison, got: Projection) -> str:
    """Who would lead if the assumptions held."""
    first = next(one for one in got.figures if one.entry == got.leader and one.metric == "ctr")
    return _(
        "Nothing was logged, so clicks are not known. Simulated, {name} would lead with {value}."
    ).format(
        name=comparison.entries[got.leader].label,
        value=f"{clicks_words.short_rate('ctr')} {clicks_words.with_ends('ctr', first.estimate)}",
    )


def leads(comparison: Comparison, got: Projection) -> str:
    """Whether the order rests on the assumptions."""
    return _("In {n} of {all} variations {name} leads still.").format(
        n=got.leads, all=got.variations, name=plain(comparison.entries[got.leader].label, 60)
    )


def columns(comparison: Comparison, got: Projection) -> list[Column]:
    """The rates side by side; the band of a row is drawn behind its interval."""
    looks = palette.styles([entry.spec for entry in comparison.entries])
    by_rate = {rate: [one for one in got.figures if one.metric == rate] for rate in RATES}
    order = [one.entry for one in sorted(by_rate["ctr"], key=lambda one: -one.estimate.mean)]
    return [
        Column(
            title=clicks_words.rate_names()[rate],
            lines=tuple(
                _line(comparison, one, looks) for one in sorted(found, key=lambda one: order.index(one.entry))
            ),
            under=" · ".join(
                [
                    counted("n = {n} person", "n = {n} people", max(one.estimate.n for one in found)),
                    clicks_words.per(rate),
                ]
            ),
            badge=_("simulated"),
            share=True,
        )
        for rate, found in by_rate.items()
    ]


def _line(comparison: Comparison, one: Projected, looks: clicks_figures.Looks) -> Line:
    entry = comparison.entries[one.entry]
    return Line(entry.label, looks.get(entry.spec), one.estimate, band=(one.low, one.high))


def _alt(drawn: Sequence[Column]) -> str:
    return _("Simulated: {said}").format(said=clicks_figures.columns_alt(drawn))


def _frame(comparison: Comparison, got: Projection) -> pd.DataFrame:
    names = clicks_words.rate_names()
    return pd.DataFrame(
        [
            {
                _("source"): _("simulated"),
                _("recommender"): plain(comparison.entries[one.entry].label),
                _("rate"): names[one.metric],
                _("value"): one.estimate.mean,
                _("low"): one.estimate.low,
                _("high"): one.estimate.high,
                _("least of variations"): one.low,
                _("most of variations"): one.high,
                "n": one.estimate.n,
            }
            for one in got.figures
        ]
    )
