"""Choosing an item on Content: by its words, by what is meant, or one after the other."""

import numpy as np
import streamlit as st

from core.content.about import Query, meant
from core.content.embed import encoding
from core.content.texts import Content
from core.data.dataset import Dataset
from pages.parts import content_data, job_panel, nouns, numbers, session, states
from pages.parts.text import markdown
from pages.parts.words import _, counted

MOST = 8
LONGEST = 300  # characters of a search; a client may send more


def choose(found: Dataset, content: Content) -> str:
    """Draws the choice; the id of the item that is shown: the state's, else the first that says something."""
    ids = content.item_ids
    item = session.state().item
    if item not in set(ids):
        if item:
            states.caption(
                _("There is no {item} “{id}” here.").format(item=nouns.noun(found.origin, "item"), id=item)
            )
        item = _first(content)
    at = int(np.flatnonzero(ids == item)[0])
    with st.container(key="item_row", horizontal=True, vertical_alignment="center", gap="small"):
        names = {"words": _("by words"), "meaning": _("by meaning")}
        query = st.text_input(
            _("Search"),
            key="item_search",
            type="search",
            placeholder=_("a word, an id, or a sentence such as “warm jacket for rain”"),
            label_visibility="collapsed",
            max_chars=LONGEST,
            width=380,
        )
        way = st.segmented_control(
            _("How to search"),
            list(names),
            key="item_way",
            default="words",
            format_func=names.__getitem__,
            label_visibility="collapsed",
            required=True,
        )
        with st.container(
            key="item_step", horizontal=True, vertical_alignment="center", gap="xsmall", width="content"
        ):
            _step(_("Previous"), "item_previous", ":material/chevron_left:", str(ids[(at - 1) % len(ids)]))
            _step(_("Next"), "item_next", ":material/chevron_right:", str(ids[(at + 1) % len(ids)]))
    if query and query.strip():
        (_by_meaning if way == "meaning" else _by_words)(found, content, query.strip()[:LONGEST])
    return item


def show(item: str) -> None:
    """Shows an item; for callbacks."""
    st.session_state["item_search"] = ""
    session.change(item=item)


def _first(content: Content) -> str:
    said = np.flatnonzero(content.texts != "")
    return str(content.item_ids[said[0] if len(said) else 0])


def _step(label: str, key: str, icon: str, to: str) -> None:
    st.button(label, key=key, icon=icon, type="tertiary", on_click=show, args=(to,))


def _by_words(found: Dataset, content: Content, query: str) -> None:
    parts = query.casefold().split()
    hits = [
        str(id_)
        for id_, text in zip(content.item_ids, content.texts, strict=True)
        if str(id_).casefold() == query.casefold() or all(part in text.casefold() for part in parts)
    ]
    if not hits:
        states.caption(_("Nothing has these words. Search by meaning finds what is worded otherwise."))
        return
    _buttons(found, hits[:MOST], [""] * MOST)
    if len(hits) > MOST:
        states.caption(counted("{n} more has these words.", "{n} more have these words.", len(hits) - MOST))


def _by_meaning(found: Dataset, content: Content, query: str) -> None:
    encoder = content_data.reader(content, query)
    if encoder is None:
        states.caption(_("There are no words to compare with."))
        return
    asked = Query(query, MOST, encoding(encoder))
    got = job_panel.peek(meant, content, settings=asked, key="meaning")
    if got is not None:
        _buttons(found, list(got.items), [numbers.figure(score) for score in got.scores])
        states.caption(
            _("The nearest in meaning by {encoder}, with the cosine of sentence and text.").format(
                encoder=encoder.label
            )
        )


def _buttons(found: Dataset, items: list[str], figures: list[str]) -> None:
    with st.container(key="items_found", horizontal=True, gap="small"):
        for at, (item, figure) in enumerate(zip(items, figures, strict=False)):
            label = markdown(content_data.title(found, item), 60)
            st.button(f"{label} {figure}".strip(), key=f"item_found_{at}", on_click=show, args=(item,))
