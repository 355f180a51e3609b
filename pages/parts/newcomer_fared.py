"""How strategies for newcomers fared on people and items that were held out wholly."""

import pandas as pd
import streamlit as st

from core.content.embed import encoding
from core.content.encoders.base import readers_of
from core.content.texts import Content
from core.data.dataset import Dataset
from core.evaluation.new_items import Asked, NewItems, Placed, new_items
from core.evaluation.newcomers import Newcomers, newcomers
from pages.parts import (
    charts,
    dialog,
    job_panel,
    newcomer_data,
    newcomer_figure,
    newcomer_words,
    nouns,
    numbers,
    session,
    states,
)
from pages.parts.figures import Column, Line, columns_html
from pages.parts.metric_names import metric_at
from pages.parts.newcomer_data import Measured
from pages.parts.text import plain
from pages.parts.words import N_, _, counted, listed, said, sentences

CHANCE = N_("Random")  # as core names it


def section(found: Dataset, measured: Measured) -> None:
    """The strategies over the number of likes that they were told, and what can't be measured."""
    st.subheader(_("How they fare on held-out newcomers"), anchor=False)
    if measured.newcomers is None:
        if measured.why:
            states.refused(_("This can't be measured here."), measured.why)
            return
        job_panel.peek(
            newcomers, found, settings=newcomer_data.asked_of(found, sentences=False), key="newcomers_first"
        )
        return
    _figure(measured.newcomers)
    refused = measured.newcomers.unmeasured
    for why in dict.fromkeys(one.why for one in refused):
        names = listed([_(one.label) for one in refused if one.why == why])
        states.caption(_("{strategy}: {why}").format(strategy=names, why=said(why)))
    if measured.rest is not None:
        states.caption(_("Sentences are measured too; what items say is encoded for it."))
        if job_panel.peek(newcomers, found, settings=measured.rest, key="newcomers_rest") is not None:
            dialog.redraw()  # it was there at once: what stands above was said without it


def _figure(found: Newcomers) -> None:
    metric = newcomer_words.metric_label()
    at = found.column(newcomer_data.metric(), session.state().k)
    alt = newcomer_words.figure_alt(found)
    charts.show(
        newcomer_figure.likes_figure(found, at, metric, newcomer_data.looks(), charts.theme()),
        alt=alt,
        table=_table(found),
        key="newcomers_chart",
    )
    people = counted("{n} person", "{n} people", found.people)
    often = max(found.likes)
    lines = [
        _("n = {people} held out wholly; nothing of theirs was learnt from.").format(people=people),
        counted(
            "All lists are judged on the same items: those that came after the first {n} like.",
            "All lists are judged on the same items: those that came after the first {n} likes.",
            often,
        ),
    ]
    if not found.ordered:
        lines.append(_("The data has no times, so which likes came first was drawn by lot."))
    if any(one.way == "sentence" for one in found.fared):
        lines.append(
            _(
                "A sentence is the first search of a person before what is judged: {n} of them have one."
            ).format(n=f"{found.searched:,}")
        )
    if found.unread:
        lines.append(
            _("The language model gave no answer to {n} of them, which rules read.").format(
                n=f"{found.unread:,}"
            )
        )
    if found.few:
        lines.append(
            counted(
                "{n} more is held out and has too few likes to be judged.",
                "{n} more are held out and have too few likes to be judged.",
                found.few,
            )
        )
    states.caption(sentences(lines))
    st.caption(f"[{_('What this means')}]({session.link('methods', term='newcomers')})")


def _table(found: Newcomers) -> pd.DataFrame:
    """Every figure with its interval, and its difference to popularity."""
    rows = []
    for one in found.fared:
        for at, (metric, k) in enumerate(found.columns):
            value, gap = one.estimates[at], one.over[at] if one.over else None
            rows.append(
                {
                    _("strategy"): plain(_(one.label)),
                    _("likes"): one.likes,
                    _("metric"): metric_at(metric, k),
                    _("mean"): round(value.mean, 4),
                    _("low"): round(value.low, 4),
                    _("high"): round(value.high, 4),
                    "n": value.n,
                    _("minus popularity"): round(gap.estimate.mean, 4) if gap else float("nan"),
                    _("p (Holm)"): round(gap.p, 4) if gap else float("nan"),
                }
            )
    return pd.DataFrame(rows)


def new_items_section(found: Dataset, content: Content | None) -> None:
    """How encoders place items that nobody has taken yet; measured when it is opened."""
    if content is None or not (any(content.texts) or any(content.images)):
        if content is not None:
            states.caption(
                _("New {items} can't be placed here: nothing is known of what they say or show.").format(
                    items=nouns.noun(found.origin, "items")
                )
            )
        return
    asked = Asked(
        tuple(encoding(one) for one in readers_of(content)),
        newcomer_data.positive(found),
        tuple(sorted({5, 10, 20, session.state().k})),
    )
    ready = job_panel.ready(new_items, found, settings=asked)
    title = _("New {items}: who would like what nobody has taken yet").format(
        items=nouns.noun(found.origin, "items")
    )
    with st.expander(title, on_change="rerun", key="new_items", expanded=ready) as opened:
        if not opened.open:
            return
        measured = newcomer_data.got(new_items, found, settings=asked, key="new_items_job")
        if measured.why:
            states.refused(_("This can't be measured here."), measured.why)
        if measured.result is not None:
            _new_items(found, measured.result)


def _new_items(found: Dataset, result: NewItems) -> None:
    k = session.state().k
    best = max(result.placed, key=lambda one: one.estimates[result.columns.index(("ndcg", k))].mean)
    sentence = _items_sentence(found, result, best, k)
    states.caption(sentence)
    columns = []
    for name in ("ndcg", "recall", "precision"):
        at = result.columns.index((name, k))
        lines = tuple(
            Line(
                _(one.label),
                estimate=one.estimates[at],
                strong=one is best,
                mark="" if not one.over or one.over[at].settled else _("tied with chance"),
            )
            for one in result.placed
        )
        label = metric_at(name, k)
        under = counted("n = {n} person", "n = {n} people", result.people)
        href = session.link("methods", term="new-items")
        columns.append(Column(label, lines, under=under, badge=_("held-out"), href=href))
    st.html(columns_html(columns, alt=sentence))
    for one in result.unmeasured:
        states.caption(_("{strategy}: {why}").format(strategy=_(one.label), why=said(one.why)))


def _items_sentence(found: Dataset, result: NewItems, best: Placed, k: int) -> str:
    at = result.columns.index(("ndcg", k))
    value, chance = best.estimates[at], result.placed[0].estimates[at]
    if not best.encoder:
        return _("No encoder places held-out {items} better than chance: NDCG@{k} {value}.").format(
            items=nouns.noun(found.origin, "items"), k=k, value=numbers.figure(chance.mean)
        )
    form = (
        _("{name} places {n} held-out {items} best: NDCG@{k} {value} ({interval}), by chance {chance}.")
        if best.over[at].settled
        else _(
            "{name} places {n} held-out {items} best, not told apart from chance: NDCG@{k} {value}"
            " ({interval}), by chance {chance}."
        )
    )
    return form.format(
        name=_(best.label),
        n=f"{result.items:,}",
        items=nouns.noun(found.origin, "items"),
        k=k,
        value=numbers.figure(value.mean),
        interval=numbers.interval(value),
        chance=numbers.figure(chance.mean),
    )
