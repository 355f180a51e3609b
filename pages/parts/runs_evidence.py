"""An evidence file shown as it was written: nothing is computed again, and nothing is kept."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.evaluation.evidence.kept import checks_of, evidence_in, numbers_in
from core.evaluation.recorded import Figure
from core.work.errors import BadInput
from pages.parts import states
from pages.parts.metric_names import metric_at
from pages.parts.overview_panels import checks_html
from pages.parts.text import markdown, plain
from pages.parts.words import _, counted

MOST = 16 * 1024 * 1024  # bytes that a page takes


def show() -> None:
    """A place to drop a report or its JSON; then its numbers, its checks and its settings."""
    file = st.file_uploader(
        _("A report (.html) or its JSON"), type=["html", "json"], key="evidence_file", max_upload_size=16
    )
    if file is None:
        states.caption(
            _("The numbers stand here as the file has them. compare --experiment FILE makes them again.")
        )
        return
    try:
        if file.size > MOST:
            raise BadInput(
                f"{file.name} is larger than {MOST:,} bytes.", "an evidence file.", "choose another."
            )
        found = evidence_in(file.getvalue().decode("utf-8", errors="replace"), file.name)
        rows, checks = numbers_in(found, file.name), checks_of(found, file.name)
    except BadInput as error:
        states.bad_input(error)
        return
    _facts(found)
    st.dataframe(
        _table(rows),
        hide_index=True,
        width="stretch",
        key="evidence_table",
        alt=_("Every number of the evidence file with its interval and n"),
        column_config={
            name: st.column_config.NumberColumn(format="%.6f") for name in ("mean", "low", "high")
        },
    )
    st.html(checks_html(checks))
    with st.expander(_("Settings")):
        st.json(found["experiment"])


def _facts(found: dict[str, Any]) -> None:
    about = found.get("dataset")
    about = about if isinstance(about, dict) else {}
    name, users = plain(str(about.get("name", "")), 80), about.get("users")
    people = counted("{n} person", "{n} people", users) if isinstance(users, int) else ""
    st.markdown(f"**{markdown(name)}** {people} · {markdown(str(about.get('fingerprint', ''))[:16])}")


def _table(rows: Sequence[Figure]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("recommender"): plain(one.recommender, 80),
            _("metric"): metric_at(one.metric, one.k, one.variant),
            "mean": one.estimate.mean,
            "low": one.estimate.low,
            "high": one.estimate.high,
            "n": one.estimate.n,
        }
        for one in rows
        if one.estimate.n > 0
    )
