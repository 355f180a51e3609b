"""What BERT costs in each form, measured on the loaded data: as a chart and a table, when it is asked for."""

from typing import Any

import pandas as pd
import streamlit as st

from core.content.costs import ModelCost, model_costs
from core.content.encoders.bert import SHIPPED
from core.content.texts import Content
from pages.parts import charts, job_panel, numbers, page_tables, states
from pages.parts.data_figures import GREY
from pages.parts.text import escaped
from pages.parts.words import _


def section(content: Content) -> None:
    """Opens on a click, since it is measured then."""
    if not any(content.texts):
        return
    with st.expander(_("What BERT costs"), on_change="rerun", key="model_costs") as costs:
        if not costs.open:
            return
        found = job_panel.peek(model_costs, content, settings=SHIPPED, key="costs")
        if found is not None:
            _show(found)


def _show(found: tuple[ModelCost, ...]) -> None:
    rows = [
        (
            page_tables.Cell(one.precision, name(one.precision)),
            f"{one.per_second:,.0f}",
            f"{one.megabytes:,.1f} MB",
            numbers.percent(one.agreement, 0),
        )
        for one in found
    ]
    head = [_("Form"), _("Texts a second"), _("Weights"), _("Same nearest as float32")]
    st.html(page_tables.table(head, rows, right=[1, 2, 3]))
    charts.show(
        figure(found),
        alt=_("Agreement with float32 over texts a second, one mark for each form"),
        table=pd.DataFrame([vars(one) for one in found]),
        key="costs_chart",
    )
    states.caption(
        _("Measured on {n} texts of this data, on this server; loading and distilling happen once.").format(
            n=f"{found[0].texts:,}"
        )
    )


def name(precision: str) -> str:
    """What a form of the model is, in a few words."""
    return {
        "float32": _("as it was trained"),
        "int8": _("weights and inputs as whole numbers (torchao)"),
        "static": _("a table of words distilled from it"),
    }.get(precision, precision)


def figure(found: tuple[ModelCost, ...]) -> Any:
    """Agreement over speed, named marks; the speed is logarithmic."""
    import plotly.graph_objects as go

    made = go.Figure(
        go.Scatter(
            x=[one.per_second for one in found],
            y=[100 * one.agreement for one in found],
            mode="markers+text",
            marker={"size": 10, "color": GREY},
            text=[escaped(one.precision) for one in found],
            textposition="top center",
            hovertemplate="%{text}<br>%{x:,.0f} · %{y:.0f} %<extra></extra>",
        )
    )
    made.update_layout(height=220, showlegend=False, margin={"l": 8, "r": 8, "t": 8, "b": 8}, dragmode=False)
    made.update_xaxes(title=_("texts a second"), type="log", zeroline=False, dtick=1)
    made.update_yaxes(title=_("same nearest, %"), range=[0, 115], zeroline=False)
    return made
