"""How different the lists are: a matrix of agreement, and where two recommenders differ most."""

from itertools import combinations

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.agreement import (
    Agreement,
    agreement,
    most_different_items,
    most_different_people,
    pair_of,
)
from core.evaluation.comparison import Comparison
from core.evaluation.uncertainty import Estimate
from pages.parts import charts, job_panel, nouns, numbers, page_tables, session, states
from pages.parts.agreement_figure import matrix_figure, matrix_table
from pages.parts.overview_figures import order_of
from pages.parts.text import escaped, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted

MOST = 8  # people, and items, of a pair


def show(found: Dataset, comparison: Comparison, state: State) -> None:
    """The matrix, and the people and items of a pair."""
    if len(comparison.entries) < 2:
        states.caption(_("With one recommender there is no pair."))
        return
    got = job_panel.peek(agreement, comparison, settings=state.k, key="agreement")
    if got is None:
        return
    st.html(page_tables.css("views", "topics"))
    order = order_of(comparison, state)
    labels = [entry.label for entry in comparison.entries]
    measure = _measure()
    values = got.rbo if measure == "rbo" else got.jaccard
    st.html(f'<p class="ts-said">{escaped(_sentence(labels, values, state.k, measure), 600)}</p>')
    if len(labels) > 2:
        charts.show(
            matrix_figure(labels, order, values, charts.theme()),
            alt=_alt(labels, values, state.k, measure),
            table=matrix_table(labels, values),
            key="agreement_matrix",
        )
    _pair(found, comparison, got, order, measure)


def measure_names() -> dict[str, str]:
    """The two measures of agreement."""
    return {"rbo": _("with order (RBO)"), "jaccard": _("without order (Jaccard)")}


def _measure() -> str:
    names = measure_names()
    chosen = st.segmented_control(
        _("Agreement"),
        list(names),
        key="agreement_measure",
        default="rbo",
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    return chosen if chosen in names else "rbo"


def _sentence(labels: list[str], values: tuple[Estimate, ...], k: int, measure: str) -> str:
    pairs = list(combinations(range(len(labels)), 2))
    most = max(range(len(pairs)), key=lambda at: values[at].mean)
    least = min(range(len(pairs)), key=lambda at: values[at].mean)
    name = {"rbo": _("RBO@{k}"), "jaccard": _("Jaccard@{k}")}[measure].format(k=k)

    def figure(at: int) -> str:
        return f"{numbers.figure(values[at].mean)} ({numbers.interval(values[at])})"

    a, b = (labels[one] for one in pairs[most])
    n = counted("n = {n} person", "n = {n} people", values[most].n)
    if len(pairs) == 1:
        return _(
            "{a} and {b} agree to {figure} in {name}, {n}. 1 is the same list, 0 has nothing in common."
        ).format(a=a, b=b, figure=figure(most), name=name, n=n)
    c, d = (labels[one] for one in pairs[least])
    return _(
        "{a} and {b} agree most, to {most} in {name}; {c} and {d} least, to {least}; {n}."
        " 1 is the same list, 0 has nothing in common."
    ).format(a=a, b=b, most=figure(most), name=name, c=c, d=d, least=figure(least), n=n)


def _alt(labels: list[str], values: tuple[Estimate, ...], k: int, measure: str) -> str:
    pairs = combinations(labels, 2)
    said = "; ".join(
        f"{a} – {b} {numbers.figure(one.mean)}" for (a, b), one in zip(pairs, values, strict=True)
    )
    return _("Agreement {measure} of the first {k} places: {pairs}.").format(
        measure=measure_names()[measure], k=k, pairs=said
    )


def _pair(found: Dataset, comparison: Comparison, got: Agreement, order: list[int], measure: str) -> None:
    values = got.rbo if measure == "rbo" else got.jaccard
    many = len(comparison.entries)
    pairs = sorted(combinations(order, 2), key=lambda pair: values[pair_of(pair[0], pair[1], many)].mean)
    labels = [entry.label for entry in comparison.entries]
    names = {f"{comparison.entries[a].spec}|{comparison.entries[b].spec}": (a, b) for a, b in pairs}
    chosen = st.selectbox(
        _("Where two differ most"),
        list(names),
        format_func=lambda key: " – ".join(plain(labels[one], 60) for one in names[key]),
        key="agreement_pair",
        width=420,
    )
    first, second = names.get(chosen, pairs[0])
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("People"), anchor=False)
        _people(comparison, got, first, second)
    with right:
        st.subheader(_title(nouns.noun(found.origin, "items")), anchor=False)
        _items(found, comparison, got, first, second)


def _title(text: str) -> str:
    return text[:1].upper() + text[1:]


def _people(comparison: Comparison, got: Agreement, first: int, second: int) -> None:
    pair = pair_of(first, second, len(comparison.entries))
    rows = most_different_people(got, pair, MOST)
    none = int((got.jaccard_of[pair] == 0).sum())
    many = len(comparison.user_ids)
    states.caption(
        counted(
            "For {n} of {people} people the two lists have nothing in common.",
            "For {n} of {people} people the two lists have nothing in common.",
            none,
            people=f"{many:,}",
        )
    )
    lines = [
        f'<li><a href="{escaped(session.link("people", person=user), 4_000)}" target="_self">'
        f"{escaped(user, 40)}</a> <small>{escaped(figure)}</small></li>"
        for user, figure in (
            (str(comparison.user_ids[row]), numbers.figure(float(got.rbo_of[pair][row]), 2)) for row in rows
        )
    ]
    st.html(f'<ul class="ts-links">{"".join(lines)}</ul>')
    states.caption(_("The lists that agree least, with their RBO."))


def _items(found: Dataset, comparison: Comparison, got: Agreement, first: int, second: int) -> None:
    gaps = most_different_items(got, first, second, MOST)
    if not gaps:
        states.caption(_("Both show every item to as many people."))
        return
    ids = [str(comparison.item_ids[gap.item]) for gap in gaps]
    known = found.items["title"].reindex(ids).fillna("").tolist()
    labels = [comparison.entries[one].label for one in (first, second)]
    rows = [
        (plain(title or item, 80), f"{gap.first:,}", f"{gap.second:,}")
        for item, title, gap in zip(ids, known, gaps, strict=True)
    ]
    st.html(page_tables.table([_("shown to how many people"), *labels], rows, right=[1, 2]))
