"""What Segments draws: its controls, the heat map, the gaps between segments."""

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.by_segment import BySegment
from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST
from core.evaluation.segment_gaps import Between
from core.evaluation.segments import Division
from pages.parts import (
    charts,
    figures,
    numbers,
    overview_controls,
    page_tables,
    palette,
    segment_data,
    segment_heat,
    session,
    states,
)
from pages.parts.metric_names import metric_at
from pages.parts.page_tables import Cell
from pages.parts.segment_words import named
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted, listed, sentences


def controls(found: Dataset, state: State) -> tuple[str, str]:
    """By what people are divided, and what that is called; with the metric and its cut-off."""
    options = segment_data.choices(found)
    bound = session.bound("among")
    asked = st.session_state[bound["key"]]
    if asked not in options:
        st.session_state[bound["key"]] = segment_data.default(found, options)
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
        way = st.selectbox(
            _("Segments by"), list(options), format_func=options.__getitem__, width=230, **bound
        )
        overview_controls.metric(state)
    if asked and asked not in options:
        states.caption(_("“{name}” can't be compared here.").format(name=asked.partition(":")[2] or asked))
    return way, options[way]


def heat(
    found: Dataset, comparison: Comparison, column: int, way: str, division: Division, got: BySegment
) -> None:
    """The heat map with the table behind it, and what is not in it."""
    addresses = [segment_data.address(found, way, one) for one in division.segments]
    links = [
        (session.link("overview", segment=one), session.link("people", segment=one)) if one else ("", "")
        for one in addresses
    ]
    ground = palette.GROUNDS[charts.theme()]
    href = session.link("methods", term=session.state().metric)
    alt = segment_heat.heat_alt(comparison, column, division, got)
    st.html(segment_heat.heat_html(comparison, column, division, got, links, alt, href, ground))
    notes = [_("Means with 95 % intervals; the more ink, the higher.")]
    if division.unknown:
        notes.append(
            counted(
                "Of {n} person nothing is known here.",
                "Of {n} people nothing is known here.",
                division.unknown,
            )
            if division.unknown >= FEWEST
            else _("Of fewer than {n} people nothing is known here.").format(n=FEWEST)
        )
    withheld = [
        named(segment)
        for at, segment in enumerate(division.segments)
        if not any(row[at].n for row in got.cells)
    ]
    if withheld:
        notes.append(
            _("Withheld, since fewer than {n} people have a value: {names}.").format(
                n=FEWEST, names=listed(withheld)
            )
        )
    if segment_data.personal(found, way):
        notes.append(
            _(
                "A personal column: groups below {n} people are withheld, and no segment leads to its people."
            ).format(n=FEWEST)
        )
    if session.state().segment:
        notes.append(_("Everyone is shown here, whichever segment the frame has."))
    defined = escaped(session.link("methods", term="division"), 4_000)
    more = f'<a href="{defined}" target="_self">{escaped(_("How people are divided"))}</a>'
    st.html(f'<p class="ts-said ts-notes">{escaped(sentences(notes), 900)} {more}</p>')
    charts.behind(lambda: segment_heat.heat_table(comparison, column, division, got), alt, "heat")


def gaps(comparison: Comparison, column: int, division: Division, got: BySegment) -> None:
    """The best segment of each recommender minus its worst, with its test."""
    st.subheader(_("Best minus worst segment"), anchor=False)
    looks = palette.styles([entry.spec for entry in comparison.entries])
    rows = [(row, gap) for row in comparison.best_first(column) if (gap := got.gap(row)) is not None]
    lines = tuple(
        figures.Line(
            comparison.entries[row].label,
            looks.get(comparison.entries[row].spec),
            gap.estimate,
            mark="" if gap.settled else _("tied"),
        )
        for row, gap in rows
    )
    asked = comparison.columns[column]
    title = _("Gap in {metric}").format(metric=metric_at(asked.name, asked.k))
    drawn = figures.Column(
        title,
        lines,
        badge=_("held-out"),
        href=session.link("methods", term="segment-gap"),
        meaning=_("The best segment minus the worst, with an interval that allows for choosing them."),
        signed=True,
    )
    left, right = st.columns([2, 3], gap="large")
    with left, st.container(key="gaps"):
        st.html(figures.columns_html([drawn], alt=f"{title}, {_alt(comparison, division, rows)}"))
    with right, st.container(key="gap_table"):
        head = [_("recommender"), _("best for"), _("worst for"), _("p (max T)"), _("pairs told apart")]
        table = [_row(comparison, row, gap, division, got) for row, gap in rows]
        st.html(page_tables.table(head, table, right=[3, 4]))
    states.caption(
        _(
            "Tested over all pairs of segments and all recommenders at once, by letting people change places "
            "between segments 2,000 times: best and worst are chosen by the data. Tied means: not told apart "
            "at 5 %."
        )
    )
    with st.expander(_("Every pair of segments"), on_change="rerun", key="segment_pairs") as pairs:
        if pairs.open:
            st.dataframe(
                _all_pairs(comparison, column, division, got),
                hide_index=True,
                width="stretch",
                key="segment_pairs_table",
                alt=_("Differences between segments with interval, n and corrected p-value"),
                column_config={
                    name: st.column_config.NumberColumn(format="%.4f")
                    for name in (_("by"), _("low"), _("high"), _("p (max T)"))
                },
            )


def _row(
    comparison: Comparison, row: int, gap: Between, division: Division, got: BySegment
) -> list[str | Cell]:
    def cell(at: int) -> Cell:
        one = got.cells[row][at]
        return Cell(named(division.segments[at]), f"{numbers.figure(one.mean)}, n = {one.n:,}")

    apart = _("{n} of {all}").format(n=got.apart(row), all=len(got.pairs[row]))
    return [plain(comparison.entries[row].label, 40), cell(gap.first), cell(gap.second), _p(gap.p), apart]


def _p(p: float) -> str:
    return "< .001" if p < 0.001 else f"{p:.3f}"


def _alt(comparison: Comparison, division: Division, rows: list[tuple[int, Between]]) -> str:
    return "; ".join(
        _("{name}: {best} minus {worst} {gap}, {verdict}").format(
            name=comparison.entries[row].label,
            best=named(division.segments[gap.first]),
            worst=named(division.segments[gap.second]),
            gap=numbers.signed(gap.estimate.mean),
            verdict=_("told apart") if gap.settled else _("tied"),
        )
        for row, gap in rows
    )


def _all_pairs(comparison: Comparison, column: int, division: Division, got: BySegment) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                _("recommender"): plain(comparison.entries[row].label),
                _("better"): named(division.segments[one.first]),
                _("than"): named(division.segments[one.second]),
                _("by"): one.estimate.mean,
                _("low"): one.estimate.low,
                _("high"): one.estimate.high,
                "n": one.estimate.n,
                _("p (max T)"): one.p,
                _("verdict"): _("told apart") if one.settled else _("tied"),
            }
            for row in comparison.best_first(column)
            for one in got.pairs[row]
        ]
    )
