"""What each recommender would show a person, side by side: as lists or as cards, hits marked with a word."""

from dataclasses import dataclass

import streamlit as st

from core.data.dataset import Dataset
from core.data.pictures import picture
from core.evaluation import people
from core.evaluation.comparison import Comparison
from core.evaluation.people import Place
from pages.parts import nouns, numbers, palette, person_asked, person_shelves, person_why, session, states
from pages.parts.metric_names import metric_at
from pages.parts.text import escaped, markdown
from pages.parts.theme import marker
from pages.parts.words import _, counted

ACROSS = 4  # lists side by side
SHORT = 10  # places before the rest is folded


@dataclass(frozen=True)
class Item:
    """What is shown of an item."""

    id: str
    title: str
    category: str
    price: float
    picture: str  # a data address, or ""


def draw(found: Dataset, comparison: Comparison, row: int, k: int) -> None:
    """The lists of every recommender for one person, and the switch between lists and cards."""
    state = session.state()
    held = [str(comparison.item_ids[at]) for at in people.held_out(comparison, row)]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="lists_head"):
        states.caption(
            _("✓ = held out: what this person really took later. Choose an entry to see why it is there.")
        )
        names = {"list": _("list"), "cards": _("cards"), "shelves": _("rows with titles")}
        st.segmented_control(
            _("Layout"),
            list(names),
            format_func=names.__getitem__,
            label_visibility="collapsed",
            width="content",
            **session.bound("layout"),
        )
    lists = [
        person_asked.places(found, comparison, entry, row, k) for entry in range(len(comparison.entries))
    ]
    about = _items(found, {place.item for places in lists for place in places} | set(held))
    if state.layout != "cards":
        st.html(_pictures(lists, about))
    shown = _Shown(found, comparison, row, k, len(held), about)
    across = min(ACROSS, len(lists))
    for first in range(0, len(lists), across):
        columns = st.columns(across, gap="medium")
        for entry, column in zip(range(first, min(first + across, len(lists))), columns, strict=False):
            with column:
                _one(shown, entry, lists[entry])
    _held_out(found, held, about)


@dataclass(frozen=True)
class _Shown:
    """What all lists of the page share."""

    found: Dataset
    comparison: Comparison
    row: int
    k: int
    held: int
    about: dict[str, Item]


def _one(shown: _Shown, entry: int, places: list[Place]) -> None:
    one, state = shown.comparison.entries[entry], session.state()
    style = palette.styles([entry.spec for entry in shown.comparison.entries]).get(one.spec)
    column = shown.comparison.column(state.metric, shown.k)
    figure = _("{hits} of {held} found · {metric} {value}").format(
        hits=sum(place.hit for place in places),
        held=shown.held,
        metric=metric_at(session.state().metric, shown.k),
        value=numbers.figure(people.scores_of(shown.comparison, column, shown.row)[entry]),
    )
    mark = marker(style) if style else ""
    unasked = person_asked.unasked(shown.comparison, entry, shown.row)
    head = "" if unasked else f"<p>{escaped(figure)}</p>"
    st.html(f'<p class="ts-list-head">{mark}<span>{escaped(one.label, 80)}</span></p>{head}')
    if unasked:
        person_asked.offer(shown.found, shown.comparison, entry, shown.row)
    elif not places:
        states.caption(_("It shows this person nothing."))
    if state.layout == "shelves" and places and _rows(shown, entry, places):
        return
    for place in places[:SHORT]:
        _place(shown, entry, place)
    folded = places[SHORT:]
    if folded:
        with st.expander(
            counted("{n} more", "{n} more", len(folded)), on_change="rerun", key=f"more_{entry}"
        ) as more:
            if more.open:
                for place in folded:
                    _place(shown, entry, place)


def _rows(shown: _Shown, entry: int, places: list[Place]) -> bool:
    """The list as titled rows; false where there are none (yet), so that the list stands."""
    if entry not in shown.comparison.fitted:
        states.caption(_("This list came ready-made, without reasons, so it makes no rows."))
        return False
    user = str(shown.comparison.user_ids[shown.row])
    rows = person_shelves.rows(shown.found, shown.comparison, entry, user, places)
    for row in rows:
        st.html(f'<h4 class="ts-shelf">{escaped(row.title, 120)}</h4>')
        for place in row.places:
            _place(shown, entry, place)
    return bool(rows)


def _place(shown: _Shown, entry: int, place: Place) -> None:
    item = shown.about.get(place.item)
    title = item.title if item else _("not in the catalogue")
    key = f"why_{entry}_{place.rank}"
    if session.state().layout == "cards":
        with st.container(border=True, key=f"card_{entry}_{place.rank}", gap="xsmall"):
            st.html(_card(place, item, title))
            clicked = st.button(_("Why?"), key=key, type="tertiary", disabled=item is None)
    else:
        hit = f" **{markdown(_('✓ held out'))}**" if place.hit else ""
        label = f"{place.rank}\\. {markdown(title, 90)}{hit}"
        clicked = st.button(label, key=key, type="tertiary", disabled=item is None, width="stretch")
    if clicked and item is not None:
        person_why.show(shown.found, shown.comparison, entry, shown.row, place, title)


def _card(place: Place, item: Item | None, title: str) -> str:
    art = f'<img src="{item.picture}" alt="">' if item and item.picture else "<i></i>"
    price = f"{item.price:,.2f}" if item and item.price == item.price else ""
    under = " · ".join(filter(None, [price, item.category.replace("|", ", ") if item else ""]))
    hit = f"<b>{escaped(_('✓ held out'))}</b>" if place.hit else ""
    name = f"<p>{place.rank}. {escaped(title, 90)}</p>"
    return f'<div class="ts-card">{art}<div>{name}<small>{escaped(under, 80)}</small>{hit}</div></div>'


def _held_out(found: Dataset, held: list[str], about: dict[str, Item]) -> None:
    titles = [about[item].title if item in about else item for item in held]
    what = nouns.count(found.origin, len(held))
    with st.expander(_("{what} held out").format(what=markdown(what)), key="held_out"):
        for title in titles[:100]:
            states.caption(title)


def _items(found: Dataset, ids: set[str]) -> dict[str, Item]:
    """What is known of the items, by id; an item without a title is named by its id."""
    rows = found.items.reindex(sorted(ids - {""}))
    made = {}
    for id_, row in zip(map(str, rows.index), rows.to_dict("records"), strict=True):
        title, category, image = (_text(row[column]) for column in ("title", "category", "image"))
        made[id_] = Item(
            id_, title or id_, category, float(row["price"]), picture(found.origin.folder, image)
        )
    return made


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _pictures(lists: list[list[Place]], about: dict[str, Item]) -> str:
    """A rule for each place that puts the item's picture in front of its button."""
    rules = [
        f".st-key-why_{entry}_{place.rank} button::before"
        f' {{ background-image: url("{about[place.item].picture}"); }}'
        for entry, places in enumerate(lists)
        for place in places
        if place.item in about and about[place.item].picture
    ]
    if not any(item.picture for item in about.values()):
        rules = ['[class*="st-key-why_"] button::before { display: none; }']
    return f"<style>{''.join(rules)}</style>"
