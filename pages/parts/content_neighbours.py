"""What is like an item by each encoder, side by side, and how far the encoders agree."""

import numpy as np
import streamlit as st

from core.content.embed import SHOWN, agreements, alike, encoding
from core.content.encoders.base import Encoder, readers_of
from core.content.texts import Content
from core.data.dataset import Dataset
from core.data.pictures import picture
from core.types import FloatArray
from pages.parts import content_choice, content_data, job_panel, nouns, numbers, page_tables, states
from pages.parts.text import escaped, markdown
from pages.parts.words import _

ACROSS = 3
PLACES = 6


def columns(found: Dataset, content: Content, item: str) -> list[Encoder]:
    """Draws the nearest of the item by every encoder; those that are worked out.

    One encodes after the other, so that a free worker stays for what other pages ask.
    """
    st.subheader(_("What is like it"), anchor=False)
    chosen = readers_of(content)
    there: list[Encoder] = []
    busy = False
    for first in range(0, len(chosen), ACROSS):
        row = chosen[first : first + ACROSS]
        for encoder, place in zip(row, st.columns(ACROSS, gap="medium"), strict=False):
            with place:
                st.html(f'<p class="ts-list-head"><span>{escaped(_(encoder.label))}</span></p>')
                done = job_panel.ready(alike, content, settings=encoding(encoder))
                if busy and not done:
                    states.caption(_("After those before it."))
                elif _one(found, content, item, encoder):
                    there.append(encoder)
                else:
                    busy = busy or not done
    return there


def _one(found: Dataset, content: Content, item: str, encoder: Encoder) -> bool:
    got = job_panel.peek(alike, content, settings=encoding(encoder), key=f"alike_{encoder.name}")
    if got is None:
        return False
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
    return True


def agreement(content: Content, there: list[Encoder]) -> FloatArray | None:
    """A table of how far encoders agree, and its figures; None until they are worked out."""
    if len(there) < 2:
        return None
    st.subheader(_("How far they agree"), anchor=False)
    chosen = tuple(encoding(encoder) for encoder in there)
    shares = job_panel.peek(agreements, content, settings=chosen, key="agreement")
    if shares is None:
        return None
    labels = [_(encoder.label) for encoder in there]
    rows = [
        [label, *("" if at == other else numbers.percent(share, 0) for other, share in enumerate(shares[at]))]
        for at, label in enumerate(labels)
    ]
    st.html(page_tables.table(["", *labels], rows, right=range(1, len(labels) + 1)))
    states.caption(
        _("Share of the {k} nearest that two encoders have in common, mean over all that both know.").format(
            k=SHOWN
        )
    )
    return shares


def sentence(found: Dataset, content: Content, there: list[Encoder], shares: FloatArray | None) -> str:
    """What is to be seen, made from the data."""
    many = len(content.item_ids)
    first = _("{speaking} of {many} {items} say something in words").format(
        speaking=f"{int((content.texts != '').sum()):,}",
        many=f"{many:,}",
        items=nouns.noun(found.origin, "items"),
    )
    if shares is None or not np.isfinite(shares[~np.eye(len(shares), dtype=bool)]).any():
        return f"{first}."
    pairs = np.where(np.eye(len(shares), dtype=bool), np.inf, shares)
    one, other = np.unravel_index(int(np.nanargmin(pairs)), pairs.shape)
    return _("{first}; {one} and {other} differ most: {share} of the nearest in common.").format(
        first=first,
        one=_(there[one].label),
        other=_(there[other].label),
        share=numbers.percent(float(pairs[one, other]), 0),
    )
