"""Lists before and after an edited history, side by side: a sign and a word for every change."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.explain.what_if import Changed, Spot, WhatIf
from pages.parts import palette, session, states
from pages.parts.text import escaped
from pages.parts.theme import marker
from pages.parts.words import _, counted, listed, said

ACROSS = 4  # lists side by side


def draw(found: Dataset, comparison: Comparison, result: WhatIf, by_hand: bool) -> None:
    """Every recommender's list for the edited history, with what changed."""
    states.caption(_sizes(result, by_hand))
    if result.again and not by_hand:
        states.caption(
            counted(
                "{n} of the items put in is in the history already: it only becomes the latest.",
                "{n} of the items put in are in the history already: they only become the latest.",
                len(result.again),
            )
        )
    labels = {entry.spec: entry.label for entry in comparison.entries}
    ids = sorted({spot.item for one in result.lists for spot in (*one.after, *one.gone)})
    known = found.items["title"].reindex(ids).dropna()
    titles = {str(item): str(title) for item, title in known.items() if title}
    state = session.state()
    out = set(() if by_hand else state.without)
    across = min(ACROSS, len(result.lists))
    for first in range(0, len(result.lists), across):
        for one, column in zip(
            result.lists[first : first + across], st.columns(across, gap="medium"), strict=False
        ):
            with column:
                _one(one, labels[one.spec], titles, out)


def _sizes(result: WhatIf, by_hand: bool) -> str:
    if by_hand:
        return counted(
            "Lists for somebody new with {n} item, beside those for somebody of whom nothing is known.",
            "Lists for somebody new with {n} items, beside those for somebody of whom nothing is known.",
            result.edited,
        )
    return counted(
        "Lists for a history of {n} item instead of {before}.",
        "Lists for a history of {n} items instead of {before}.",
        result.edited,
        before=f"{result.history:,}",
    )


def _one(one: Changed, label: str, titles: dict[str, str], out: set[str]) -> None:
    style = palette.styles(session.state().recommenders).get(one.spec)
    mark = marker(style) if style else ""
    st.html(
        f'<p class="ts-list-head">{mark}<span>{escaped(label, 80)}</span></p><p>{escaped(summary(one))}</p>'
    )
    if one.failure:
        states.caption(said(one.failure))
        return
    note = follows_words(one)
    if note:
        states.caption(note)
    if one.after:
        lines = "".join(_line(spot, titles, spot.item in out) for spot in one.after)
        st.html(f'<ol class="ts-changes">{lines}</ol>')
    if one.gone:
        lines = "".join(_gone(spot, titles) for spot in one.gone)
        head = escaped(_("Went out"))
        st.html(f'<p class="ts-changes-head">{head}</p><ul class="ts-changes ts-changes-gone">{lines}</ul>')


def summary(one: Changed) -> str:
    """How much of a list changed, in a few words."""
    new = sum(not spot.was for spot in one.after)
    moved = sum(bool(spot.was) and spot.was != spot.rank for spot in one.after)
    if one.failure:
        return _("no list")
    if not (new or moved or one.gone):
        return _("nothing changes")
    counts = [
        counted("{n} came in", "{n} came in", new) if new else "",
        counted("{n} moved", "{n} moved", moved) if moved else "",
        counted("{n} went out", "{n} went out", len(one.gone)) if one.gone else "",
    ]
    return listed([part for part in counts if part])


def follows_words(one: Changed) -> str:
    """What to know of a model that doesn't follow an edit as it is; "" where it does."""
    return {
        "yes": "",
        "unchanged": _("To this recommender the history is the same: order says nothing to it."),
        "as new": _(
            "It learnt this person in training and looks at no history of theirs;"
            " both lists are made as for somebody new."
        ),
        "no": _("Its scores don't follow a history: only what is never shown again can change."),
    }[one.follows]


def change_words(spot: Spot) -> str:
    """A sign and a word for how a place changed; "" for one that did not."""
    if not spot.was:
        return _("+ new")
    if spot.was > spot.rank:
        return _("↑ from {rank}").format(rank=spot.was)
    return _("↓ from {rank}").format(rank=spot.was) if spot.was < spot.rank else ""


def _line(spot: Spot, titles: dict[str, str], taken_out: bool) -> str:
    words = " · ".join(filter(None, [change_words(spot), _("taken out above") if taken_out else ""]))
    name = escaped(titles.get(spot.item, spot.item), 90)
    kind = "ts-new" if not spot.was else "ts-moved" if spot.was != spot.rank else "ts-same"
    under = f"<small>{escaped(words)}</small>" if words else ""
    return f'<li class="{kind}"><b>{spot.rank}</b><span>{name}{under}</span></li>'


def _gone(spot: Spot, titles: dict[str, str]) -> str:
    name = escaped(titles.get(spot.item, spot.item), 90)
    words = escaped(_("− was {rank}").format(rank=spot.rank))
    return f"<li><b></b><span>{name}<small>{words}</small></span></li>"
