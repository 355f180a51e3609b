"""The controls of Overview: metric of the verdict, cut-off, absolute or relative, view, export."""

import streamlit as st

from core.evaluation.comparison import Comparison
from core.evaluation.experiment import PAGE_K
from core.evaluation.metric import metrics
from core.evaluation.offpolicy.asked import Clicks
from pages.parts import frame, overview_exports, runs_naming, session
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _


def controls(comparison: Comparison, state: State, got: Clicks | str) -> None:
    """Metric of the verdict, cut-off, absolute or relative, figures or table, export."""
    specs = [comparison.entries[row].spec for row in comparison.fitted]
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        metric(state)
        st.selectbox(
            _("Values"),
            ["", *specs],
            format_func={spec: _relative_to(spec, state) for spec in ("", *specs)}.__getitem__,
            width=220,
            **session.bound("baseline"),
        )
        if state.baseline:
            st.segmented_control(
                _("Differences"),
                ["relative", "absolute"],
                required=True,
                format_func={"relative": _("per cent"), "absolute": _("as they are")}.__getitem__,
                **session.bound("scale"),
            )
        st.segmented_control(
            _("Shown as"),
            ["figures", "table"],
            required=True,
            format_func={"figures": _("Figures"), "table": _("Table")}.__getitem__,
            **session.bound("view"),
        )
        with st.popover(_("Export"), icon=":material/download:", key="export"):
            overview_exports.show(comparison, state, got if isinstance(got, Clicks) else None)
        with st.popover(_("Name and pin"), icon=":material/keep:", key="naming", on_change="rerun") as naming:
            if naming.open:
                runs_naming.for_comparison(comparison)


def metric(state: State) -> None:
    """The metric that a page speaks of, and its cut-off."""
    names = list(dict.fromkeys(name for name, _variant in metrics()))
    st.selectbox(
        _("Verdict by"),
        names,
        format_func={name: _(metrics()[name, "standard"].label) for name in names}.__getitem__,
        width=130,
        **session.bound("metric"),
    )
    st.segmented_control(
        _("k, length of the list"), sorted({*PAGE_K, state.k}), required=True, **session.bound("k")
    )


def _relative_to(spec: str, state: State) -> str:
    if not spec:
        return _("absolute")
    return _("less {name}").format(name=plain(frame.label_of(spec, state.recommenders)))
