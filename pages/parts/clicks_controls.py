"""The controls of Clicks and sales: rate, length of lists, estimator; behind Settings what experts need."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.experiment import PAGE_K
from core.evaluation.offpolicy.asked import RATES, SHOWN, Clicks
from core.evaluation.offpolicy.attribution import attributable
from core.evaluation.offpolicy.estimator import estimators
from pages.parts import clicks_words, data, session
from pages.parts.text import escaped
from pages.parts.url_state import State
from pages.parts.words import _, counted

WINDOWS = (0, 1, 7, 30)  # days


def show(found: Dataset, got: Clicks, state: State) -> None:
    """The rate that the page speaks of, how long lists are, by which estimator."""
    names = clicks_words.rate_names()
    there = [rate for rate in RATES if any(one.metric == rate for one in got.figures)]
    shown = list(SHOWN) if state.estimator in SHOWN else [*SHOWN, state.estimator]
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        bound = session.bound("rate")
        st.session_state[bound["key"]] = clicks_words.rate_of(got, state.rate)
        st.segmented_control(_("Rate"), there, required=True, format_func=names.__getitem__, **bound)
        if any(who.kind == "lists" for who in got.who):
            st.segmented_control(
                _("k, length of the list"), sorted({*PAGE_K, state.k}), required=True, **session.bound("k")
            )
        st.segmented_control(
            _("Estimator"),
            shown,
            required=True,
            format_func={name: clicks_words.short_estimator(name) for name in shown}.__getitem__,
            **session.bound("estimator"),
        )
        with st.popover(_("Settings"), icon=":material/tune:", key="clicks_settings"):
            _settings(found, got, state)


def _settings(found: Dataset, got: Clicks, state: State) -> None:
    rest = [name for name in estimators() if name not in SHOWN]
    st.selectbox(
        _("More estimators"),
        rest,
        index=None,
        placeholder=_("more"),
        format_func={name: clicks_words.estimator_name(name) for name in rest}.__getitem__,
        key="clicks_more",
        on_change=_take_more,
    )
    if attributable(found, data.experiment(found).positive or ""):
        windows = sorted({*WINDOWS, state.window})
        st.selectbox(
            _("Which purchases count"),
            windows,
            format_func={days: window_words(days) for days in windows}.__getitem__,
            **session.bound("window"),
        )
    if got.fitted:
        _unfit()


def window_words(days: int) -> str:
    """Which purchases count for a click."""
    if not days:
        return _("Purchases as they are logged")
    return counted("Purchases within {n} day of a click", "Purchases within {n} days of a click", days)


def offer_fitting() -> None:
    """A button that fits the propensities that a log lacks, and what that assumes."""
    href = escaped(session.link("methods", term="fitted-propensities"), 4_000)
    more = f'<a href="{href}" target="_self">{escaped(_("How they are fitted"))}</a>'
    text = _(
        "Propensities can be fitted if the log chose neither by person nor by time; both are tested, and "
        "nothing is green."
    )
    st.html(f'<p class="ts-said ts-notes">{escaped(text, 400)} {more}</p>')
    st.button(_("Fit propensities"), key="clicks_fit", type="primary", on_click=_fit, args=("fitted",))


def ways_back(state: State) -> None:
    """Buttons that let go of what was asked for where nothing could be estimated with it."""
    if state.window:
        st.button(
            _("Count purchases as they are logged"),
            key="clicks_no_window",
            on_click=session.change,
            kwargs={"window": 0},
        )
    if state.propensities == "fitted":
        _unfit()


def _unfit() -> None:
    st.button(_("Without fitted propensities"), key="clicks_unfit", on_click=_fit, args=("logged",))


def _fit(how: str) -> None:
    session.change(propensities=how)


def _take_more() -> None:
    chosen = st.session_state["clicks_more"]
    if chosen in estimators():
        session.change(estimator=chosen)
