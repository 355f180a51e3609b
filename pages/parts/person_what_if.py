"""What if their history were another: items taken out, items put in, and every list before and after."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation import people, person
from core.evaluation.comparison import Comparison
from core.explain.picking import pick
from core.explain.what_if import Edit, what_if
from pages.parts import job_panel, nouns, person_changes, session, states
from pages.parts.text import markdown, plain
from pages.parts.url_values import ITEMS_MOST, bounded
from pages.parts.words import _, counted

SHOWN = 6  # items that a search offers
OFFERED = 300  # items of a history that can be taken out: the latest


def section(found: Dataset, comparison: Comparison, user: str) -> None:
    """Opened lazily, and by a link that holds an edit."""
    state = session.state()
    edited = bool(state.without or state.plus or state.start == "nothing")
    with st.expander(
        _("What if the history were different?"), expanded=edited, on_change="rerun", key="what_if"
    ) as opened:
        if opened.open:
            _draw(found, comparison, user)


def _draw(found: Dataset, comparison: Comparison, user: str) -> None:
    known = people.row_of(comparison, user) is not None
    own = _own(found, comparison, user)
    _controls(found, comparison, own, known)
    state = session.state()
    by_hand = state.start == "nothing" or not known
    without = () if by_hand else tuple(item for item in state.without if item in set(own))
    plus = tuple(item for item in state.plus if _in_catalogue(comparison, item))
    lost = len(state.plus) - len(plus) + (0 if by_hand else len(state.without) - len(without))
    if lost:
        states.caption(
            counted(
                "{n} item of the link is not in this history or catalogue; it changes nothing.",
                "{n} items of the link are not in this history or catalogue; they change nothing.",
                lost,
            )
        )
    if not (without or plus):
        states.caption(
            _("Put an item in to begin.")
            if by_hand
            else _("Take an item out or put one in: what changes in each list is shown here.")
        )
        return
    specs = tuple(comparison.entries[row].spec for row in comparison.fitted)
    edit = Edit(comparison.experiment, specs, "" if by_hand else user, without, plus, state.k)
    result = job_panel.peek(what_if, found, settings=edit, key="what_if_lists")
    if result is not None:
        person_changes.draw(found, comparison, result, by_hand)


def _controls(found: Dataset, comparison: Comparison, own: list[str], known: bool) -> None:
    state = session.state()
    things = nouns.noun(found.origin, "items")
    titles = _titles(found, [*own, *state.plus, *state.without])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="what_if_start"):
        if known:
            names = {"history": _("their history, edited"), "nothing": _("start from nothing")}
            st.segmented_control(
                _("From"),
                list(names),
                format_func=names.__getitem__,
                width="content",
                **session.bound("start"),
            )
        else:
            states.caption(_("Nothing of theirs is held out, so a history is built by hand from nothing."))
        if state.without or state.plus:
            st.button(
                _("Back to what it was"),
                key="what_if_back",
                icon=":material/undo:",
                type="tertiary",
                on_click=_back,
            )
    left, right = st.columns(2, gap="large")
    with left:
        if known and state.start == "history":
            _several("without", _("Take out {items}").format(items=things), own[:OFFERED], titles)
        elif state.plus:
            _several("plus", _("The history"), list(state.plus), titles)
    with right:
        _search(found, comparison, things)
        if state.plus and known and state.start == "history":
            _several("plus", _("Put in, the last is the latest"), list(state.plus), titles)


def _several(field: str, label: str, options: list[str], titles: dict[str, str]) -> None:
    """A multiselect that shows a field of the state and changes it."""
    key = f"what_if_{field}"
    there = set(options)
    st.session_state[key] = [item for item in getattr(session.state(), field) if item in there]
    st.multiselect(
        label,
        options,
        format_func=lambda item: plain(titles.get(item, item), 60),
        key=key,
        max_selections=ITEMS_MOST,
        placeholder=_("Choose"),
        on_change=_chosen,
        args=(field,),
    )


def _chosen(field: str) -> None:
    session.change(**{field: bounded(st.session_state[f"what_if_{field}"])})


def _search(found: Dataset, comparison: Comparison, things: str) -> None:
    query = st.text_input(
        _("Put in {items}").format(items=things),
        key="what_if_search",
        type="search",
        live=True,
        placeholder=_("Search by title or id"),
        max_chars=100,
    )
    if not (query or "").strip():
        return
    there, many = pick(found, comparison.item_ids, query, SHOWN)
    if not there:
        states.caption(_("Nothing has these words in its title or id."))
        return
    titles = _titles(found, there)
    with st.container(horizontal=True, gap="small", key="what_if_found"):
        for at, item in enumerate(there):
            st.button(
                markdown(titles.get(item, item), 50),
                key=f"what_if_add_{at}",
                icon=":material/add:",
                on_click=_add,
                args=(item,),
                disabled=item in session.state().plus,
            )
    if many > len(there):
        states.caption(
            counted(
                "{n} more is found: write more of it.",
                "{n} more are found: write more of it.",
                many - len(there),
            )
        )


def _add(item: str) -> None:
    state = session.state()
    st.session_state["what_if_search"] = ""
    session.change(
        plus=bounded([*state.plus, item]), without=tuple(one for one in state.without if one != item)
    )


def _back() -> None:
    session.change(without=(), plus=())


def _own(found: Dataset, comparison: Comparison, user: str) -> list[str]:
    """The items that scorers are given of a person, the latest first."""
    row = people.row_of(comparison, user)
    if row is None:
        return []
    history = comparison.history
    given = {
        str(comparison.item_ids[at]) for at in history.indices[history.indptr[row] : history.indptr[row + 1]]
    }
    seen = person.history(found, user, comparison.time)["item"].drop_duplicates()
    ordered = [str(item) for item in seen if str(item) in given]
    return [*ordered, *sorted(given - set(ordered))]


def _in_catalogue(comparison: Comparison, item: str) -> bool:
    """Whether an item is in the catalogue."""
    ids = comparison.item_ids
    at = int(ids.searchsorted(item))
    return at < len(ids) and ids[at] == item


def _titles(found: Dataset, ids: list[str]) -> dict[str, str]:
    known = found.items["title"].reindex(sorted(set(ids))).dropna()
    return {str(item): str(title) for item, title in known.items() if title}
