"""What is like an item by each encoder, side by side, and how far the encoders agree."""

import numpy as np
import streamlit as st

from core.content.embed import SHOWN, alike, encoding
from core.content.encoders.base import Encoder
from core.content.neighbours import Neighbours
from core.content.neighbours import agreement as agreed
from core.content.texts import Content
from core.data.dataset import Dataset
from core.data.pictures import picture
from pages.parts import content_choice, content_data, job_panel, numbers, page_tables, states
from pages.parts.text import escaped, markdown
from pages.parts.words import _

ACROSS = 3
PLACES = 6


def columns(found: Dataset, content: Content, item: str) -> dict[str, Neighbours]:
    """Draws the nearest of the item by every encoder; those that are there, by the encoder's label."""
    st.subheader(_("What is like it"), anchor=False)
    chosen = content_data.encoders(content)
    there: dict[str, Neighbours] = {}
    for first in range(0, len(chosen), ACROSS):
        row = chosen[first : first + ACROSS]
        for encoder, place in zip(row, st.columns(ACROSS, gap="medium"), strict=False):
            with place:
                got = _one(found, content, item, encoder)
                if got is not None:
                    there[encoder.label] = got
    return there


def _one(found: Dataset, content: Content, item: str, encoder: Encoder) -> Neighbours | None:
    st.html(f'<p class="ts-list-head"><span>{escaped(_(encoder.label))}</span></p>')
    got = job_panel.peek(alike, content, settings=encoding(encoder), key=f"alike_{encoder.name}")
    if got is None:
        return None
    at = int(np.flatnonzero(content.item_ids == item)[0])
    places = [place for place in got.items[at][:PLACES] if place >= 0]
    if not places:
        states.caption(_("This encoder finds nothing to go by here."))
    rules = []
    for rank, place in enumerate(places):
        other = str(content.item_ids[place])
        key = f"near_{encoder.name}_{rank}"
        image = picture(content.folder, str(content.images[place]))
        rules.append(
            f'.st-key-{key} button::before {{ background-image: url("{image}"); }}'
            if image
            else f".st-key-{key} button::before {{ display: none; }}"
        )
        figure = numbers.figure(float(got.scores[at][rank]))
        st.button(
            f"{markdown(content_data.title(found, other), 60)} {figure}",
            key=key,
            type="tertiary",
            width="stretch",
            on_click=content_choice.show,
            args=(other,),
        )
    st.html(f"<style>{''.join(rules)}</style>")
    if got.recall < 1:
        states.caption(
            _("Found by a graph: {share} of the exact ones, measured on a sample.").format(
                share=numbers.percent(got.recall)
            )
        )
    return got


def agreement(there: dict[str, Neighbours]) -> None:
    """A table of how many of an item's nearest two encoders have in common."""
    if len(there) < 2:
        return
    st.subheader(_("How far they agree"), anchor=False)
    labels = list(there)
    rows = [
        [
            _(one),
            *(
                "" if one == other else numbers.percent(agreed(there[one], there[other], SHOWN), 0)
                for other in labels
            ),
        ]
        for one in labels
    ]
    st.html(page_tables.table(["", *map(_, labels)], rows, right=range(1, len(labels) + 1)))
    states.caption(
        _("Share of the {k} nearest that two encoders have in common, mean over all that both know.").format(
            k=SHOWN
        )
    )


def sentence(found: Dataset, content: Content, there: dict[str, Neighbours]) -> str:
    """What is to be seen, made from the data."""
    silent = int((content.texts == "").sum())
    many = len(content.item_ids)
    noun = content_data.noun(found)
    first = _("{speaking} of {many} {items} say something in words").format(
        speaking=f"{many - silent:,}", many=f"{many:,}", items=noun
    )
    pairs = [
        (agreed(one, other, SHOWN), names)
        for names, one, other in (
            ((a, b), there[a], there[b]) for at, a in enumerate(there) for b in list(there)[at + 1 :]
        )
    ]
    known = [pair for pair in pairs if pair[0] == pair[0]]
    if not known:
        return f"{first}."
    least = min(known)
    return _("{first}; {one} and {other} differ most: {share} of the nearest in common.").format(
        first=first, one=_(least[1][0]), other=_(least[1][1]), share=numbers.percent(least[0], 0)
    )
