"""What is known of a newcomer: registration details, a few likes, a sentence."""

import streamlit as st

from core.content.texts import Content
from core.data.dataset import Dataset
from core.evaluation.newcomer_lists import DetailsNow
from core.recommenders.details import FEWEST
from pages.parts import content_data, newcomer_data, newcomer_wishes, nouns, session, states
from pages.parts.newcomer_data import Said
from pages.parts.text import plain
from pages.parts.words import _, counted

MOST_LIKES = 10
LISTED = 1_000  # items that a select holds; of more, those that a search finds
FOUND = 50
LONGEST = 300  # characters of a sentence


def form(found: Dataset) -> Said:
    """Draws the form; what is filled in."""
    with st.container(key="newcomer_form"):
        learnt = _learnt(found)
        details = _details(learnt)
        likes = _likes(found)
        content = content_data.peek(found)  # once: its progress stands here
        sentence = _sentence(content)
        meant = newcomer_wishes.form(content, sentence) if sentence and content is not None else None
        if details or likes or sentence:
            keys = [_key(column) for column in details]
            st.button(_("Start over"), key="newcomer_clear", type="tertiary", on_click=_clear, args=(keys,))
    return Said(details, likes, sentence, learnt, content, meant)


def _learnt(found: Dataset) -> DetailsNow | None:
    st.subheader(_("Registration details"), anchor=False)
    if found.users.empty:
        states.caption(_("The data knows no details of its people."))
        return None
    learnt = newcomer_data.details(found)
    if learnt.why:
        states.caption(learnt.why)
    return learnt.result


def _details(now: DetailsNow | None) -> dict[str, str]:
    if now is None:
        return {}
    said = {}
    for first in range(0, len(now.details), 2):
        for place, detail in zip(st.columns(2), now.details[first : first + 2], strict=False):
            chosen = place.selectbox(
                plain(detail.column.replace("_", " "), 40),
                ["", *detail.values],
                key=_key(detail.column),
                format_func=lambda value: plain(value, 60) or "–",
            )
            if chosen:
                said[detail.column] = str(chosen)
    states.caption(
        _(
            "Values that at least {n} people share. What is chosen here stays in this session: it stands in"
            " no address and is not kept."
        ).format(n=FEWEST)
    )
    return said


def _likes(found: Dataset) -> tuple[str, ...]:
    st.subheader(_("A few likes"), anchor=False)
    there = set(found.catalogue)
    chosen = [item for item in session.state().likes if item in there][:MOST_LIKES]
    gone = len(session.state().likes) - len(chosen)
    options = list(map(str, found.catalogue))
    if len(options) > LISTED:
        options = _searched(found, options)
    options = list(dict.fromkeys([*chosen, *options]))
    st.session_state["newcomer_likes"] = chosen
    st.multiselect(
        _("Likes"),
        options,
        key="newcomer_likes",
        format_func=lambda item: plain(content_data.title(found, item), 70),
        max_selections=MOST_LIKES,
        placeholder=_("Choose up to {n} {items}").format(
            n=MOST_LIKES, items=nouns.noun(found.origin, "items")
        ),
        label_visibility="collapsed",
        on_change=_liked,
    )
    if gone > 0:
        states.caption(
            counted("{n} like of the link is not here.", "{n} likes of the link are not here.", gone)
        )
    return tuple(chosen)


def _searched(found: Dataset, ids: list[str]) -> list[str]:
    """The items of a large catalogue that a search finds, by title or id."""
    query = st.text_input(
        _("Search"),
        key="newcomer_search",
        type="search",
        live=True,
        placeholder=_("Search {items} by title or id").format(items=nouns.noun(found.origin, "items")),
        label_visibility="collapsed",
        max_chars=100,
    )
    wanted = (query or "").strip().casefold()
    if not wanted:
        states.caption(_("Search first: the list below holds what is found."))
        return []
    titles = found.items["title"].reindex(ids).astype("str").fillna("").str.casefold()
    hit = titles.str.contains(wanted, regex=False).to_numpy()
    hits = [item for item, there in zip(ids, hit, strict=True) if there or wanted == item.casefold()]
    if len(hits) > FOUND:
        states.caption(
            _("{n} are found; the first {most} are listed below.").format(n=f"{len(hits):,}", most=FOUND)
        )
    return hits[:FOUND]


def _sentence(content: Content | None) -> str:
    st.subheader(_("A sentence"), anchor=False)
    if content is not None and not any(content.texts):
        states.caption(_("No item says anything, so no sentence can be compared with it."))
        return ""
    st.text_input(
        _("A sentence"),
        placeholder=_("what somebody new might say they look for"),
        label_visibility="collapsed",
        max_chars=LONGEST,
        **session.bound("sentence", lambda text: " ".join(str(text).split())),
    )
    return session.state().sentence[:LONGEST]


def _key(column: str) -> str:
    """Of this data set: the same column elsewhere has other values."""
    return f"newcomer_{session.state().data}_{column}"


def _liked() -> None:
    session.change(likes=tuple(st.session_state["newcomer_likes"]))


def _clear(keys: list[str]) -> None:
    for key in keys:
        st.session_state[key] = ""
    session.change(likes=(), sentence="")
