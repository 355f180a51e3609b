"""Evidence to take away: a report, the tables, the settings and a figure, each made when it is asked for."""

import io
import json
from collections.abc import Callable

import streamlit as st

from core.evaluation.comparison import Comparison
from core.evaluation.evidence.report import drawn, report
from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.offpolicy.record import with_clicks
from core.evaluation.record import comparison_json, person_rows, summary_rows
from core.work.sheets import csv_text
from pages.parts.url_state import State
from pages.parts.words import _, said


def show(comparison: Comparison, state: State, clicks: Clicks | None) -> None:
    """A button for each file; `clicks` is what the log says of the same lists, None until it is known."""
    note = (
        _(
            "Figures are of the people of the segment {name} alone; counts and settings are those of the "
            "whole comparison."
        ).format(name=state.segment)
        if state.segment
        else ""
    )
    _button(
        "report",
        _("Report (HTML)"),
        "comparison.html",
        "text/html",
        lambda: report(comparison, state.metric, state.k, _say, note, clicks),
    )
    _button(
        "csv", _("Table as CSV"), "comparison.csv", "text/csv", lambda: csv_text(summary_rows(comparison))
    )
    _button(
        "people",
        _("Every person's values (Parquet)"),
        "comparison-people.parquet",
        "application/vnd.apache.parquet",
        lambda: _parquet(comparison),
    )
    _button(
        "people_csv",
        _("Every person's values (CSV)"),
        "comparison-people.csv",
        "text/csv",
        lambda: csv_text(person_rows(comparison)),
    )
    _button(
        "figure",
        _("Figure (SVG)"),
        "comparison.svg",
        "image/svg+xml",
        lambda: drawn(comparison, comparison.column(state.metric, state.k), _say),
    )
    _button(
        "settings",
        _("Settings as JSON"),
        "experiment.json",
        "application/json",
        lambda: json.dumps(comparison.experiment.to_json(), ensure_ascii=False, indent=1),
    )
    _button(
        "json",
        _("Everything as JSON"),
        "comparison.json",
        "application/json",
        lambda: json.dumps(
            {
                **with_clicks(comparison_json(comparison), clicks),
                **({"segment": state.segment} if state.segment else {}),
            },
            ensure_ascii=False,
            indent=1,
        ),
    )
    st.caption(
        _(
            "The report works offline and prints; its figures can be saved as SVG and PNG. It and the JSON "
            "hold the settings that repeat the comparison."
        )
    )


def _button(key: str, label: str, name: str, kind: str, make: Callable[[], str | bytes]) -> None:
    st.download_button(label, make, name, kind, key=f"export_{key}", on_click="ignore", width="stretch")


def _parquet(comparison: Comparison) -> bytes:
    file = io.BytesIO()
    person_rows(comparison).to_parquet(file, index=False)
    return file.getvalue()


def _say(text: str) -> str:
    """A text of core in the language of the page."""
    return said(text) if _(text) == text else _(text)
