"""What each strategy shows a newcomer now, side by side, each item with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import streamlit as st

from core.content.about import Query, meant
from core.content.embed import encoding
from core.data.dataset import Dataset
from core.data.pictures import picture
from core.evaluation.by_wishes import Wanted, by_wishes
from core.evaluation.fusion import DEPTH
from core.evaluation.newcomer_lists import (
    ByLikes,
    DetailsNow,
    Place,
    Shown,
    by_details,
    by_likes,
    by_sentence,
    together,
)
from core.evaluation.newcomers import Newcomers, Way
from core.recommenders.base import recommender_of
from core.recommenders.by_details import ByDetails
from core.recommenders.fitting import fitting
from core.work.steps import Step
from pages.parts import (
    content_data,
    frame,
    newcomer_data,
    newcomer_words,
    numbers,
    page_tables,
    session,
    states,
)
from pages.parts.newcomer_data import Said
from pages.parts.text import escaped
from pages.parts.theme import marker
from pages.parts.words import _, listed

R = TypeVar("R")
ACROSS = 3
MOST = 20  # places of a list


@dataclass(frozen=True)
class _Strategy:
    """A column: whose list, how it is found, and how its reasons read."""

    way: Way
    spec: str
    label: str
    shown: Callable[[], Shown | None]  # None while it is worked out, which is drawn where it is first asked
    reason: Callable[[Place], str]


@dataclass(frozen=True)
class _Waiting:
    """A strategy of which nothing is said yet, and what it needs."""

    way: Way
    spec: str
    label: str
    needs: str


def draw(found: Dataset, said: Said, measured: Newcomers | None) -> None:
    """The lists of the strategies for which enough is said, and what the others wait for."""
    ready, waiting = _strategies(found, said)
    if len(ready) == 1:
        left, right = st.columns([1, ACROSS - 1], gap="medium")
        with left:
            _column(found, said, ready[0], measured)
        with right:
            _waits(waiting, measured)
        return
    for first in range(0, len(ready), ACROSS):
        for one, place in zip(ready[first : first + ACROSS], st.columns(ACROSS, gap="medium"), strict=False):
            with place:
                _column(found, said, one, measured)
    if waiting:
        names = [one.label for one in waiting]
        states.caption(
            _("Fill in more of the form to see what these would show: {strategies}.").format(
                strategies=listed(names)
            )
        )


def _waits(waiting: list[_Waiting], measured: Newcomers | None) -> None:
    """What the other strategies would need, and how they fare, in place of their lists."""
    if not waiting:
        states.empty(
            _("Only what is popular can be shown here."),
            _("The data has no details of people and no words, and nothing that reads likes is selected."),
        )
        return
    blocks = []
    for one in waiting:
        style = newcomer_data.looks().get(one.spec)
        mark = marker(style) if style else ""
        fared = newcomer_words.fared_at_most(measured, one.way, one.spec)
        blocks.append(
            f'<p class="ts-list-head">{mark}<span>{escaped(one.label, 80)}</span></p>'
            f"<p>{escaped(fared)}<br>{escaped(one.needs)}</p>"
        )
    st.html(f'<div class="ts-waits">{"".join(blocks)}</div>')


def _strategies(found: Dataset, said: Said) -> tuple[list[_Strategy], list[_Waiting]]:
    """Those that can show something, and those of which nothing is said yet."""
    made = [_by_likes(found, said, "popularity", "popularity")]
    waiting: list[_Waiting] = []
    now = said.learnt
    if said.details and now is not None:
        made.append(_by_details(said, now))
    elif now is not None:
        needs = _("Choose one or more details in the form.")
        waiting.append(_Waiting("details", ByDetails.name, _(ByDetails.label), needs))
    specs = newcomer_data.fold_in()
    if said.likes:
        made += [_by_likes(found, said, "likes", spec) for spec in specs]
    else:
        needs = _("Choose something that the newcomer likes.")
        waiting += [_Waiting("likes", spec, frame.label_of(spec, specs), needs) for spec in specs]
    if said.sentence:
        made.append(_by_sentence(said))
        made += _by_wishes(said)
    elif found.items["text"].astype(bool).any() or found.items["title"].astype(bool).any():
        needs = _("Write what the newcomer looks for.")
        waiting.append(_Waiting("sentence", "", _("A sentence"), needs))
    told = [one for one in made if one.way in ("details", "sentence")] + [
        one for one in made if one.way == "likes"
    ][:1]
    if len(told) > 1:
        made.append(_together(told))
    return made, waiting


def _by_likes(found: Dataset, said: Said, way: Way, spec: str) -> _Strategy:
    asked = ByLikes(fitting(recommender_of(spec)), said.likes, newcomer_data.positive(found))

    def shown() -> Shown | None:
        return _got(by_likes, found, settings=asked, key=f"newcomer_{spec}")

    def reason(place: Place) -> str:
        if way == "popularity":
            return newcomer_words.popular(place.people)
        return newcomer_words.because([content_data.title(found, item) for item in place.because])

    label = (
        frame.label_of(spec, (spec,))
        if way == "popularity"
        else frame.label_of(spec, newcomer_data.fold_in())
    )
    return _Strategy(way, spec, label, cache(shown), reason)


def _by_details(said: Said, now: DetailsNow) -> _Strategy:
    def shown() -> Shown:
        return by_details(now, said.details, said.likes)

    return _Strategy("details", ByDetails.name, _(ByDetails.label), shown, newcomer_words.with_details)


def _by_sentence(said: Said) -> _Strategy:
    def shown() -> Shown | None:
        content = said.content
        if content is None:
            return None
        encoder = content_data.reader(content, said.sentence)
        if encoder is None:
            states.caption(_("There are no words to compare with."))
            return None
        asked = Query(said.sentence, DEPTH, encoding(encoder))
        near = _got(meant, content, settings=asked, key="newcomer_meaning")
        if near is None:
            return None
        return by_sentence(content, said.sentence, near.items, near.scores, said.likes)

    return _Strategy("sentence", "", _("A sentence"), cache(shown), newcomer_words.near)


def _by_wishes(said: Said) -> list[_Strategy]:
    """By what the sentence means; none while it is read."""
    content, meant = said.content, said.meant
    encoder = content_data.reader(content, said.sentence) if content is not None else None
    if content is None or meant is None or encoder is None:
        return []
    asked = Wanted(meant.wishes, said.sentence, encoding(encoder), said.likes)

    def shown() -> Shown | None:
        return _got(by_wishes, content, meant.words, settings=asked, key="newcomer_wanted")

    return [_Strategy("wishes", "", _("A sentence, understood"), cache(shown), newcomer_words.fitting)]


def _together(parts: list[_Strategy]) -> _Strategy:
    def shown() -> Shown | None:
        found = [one.shown() for one in parts]
        there = [one for one in found if one is not None]
        return together(there, DEPTH) if len(there) == len(parts) else None

    def reason(place: Place) -> str:
        known = {"details": bool(place.parts), "likes": bool(place.because), "sentence": bool(place.cosine)}
        return " · ".join(filter(None, [one.reason(place) for one in parts if known[one.way]]))

    return _Strategy("together", "", _("All together"), shown, reason)


def _got(step: Step[R], *inputs: Any, settings: Any, key: str) -> R | None:
    found = newcomer_data.got(step, *inputs, settings=settings, key=key)
    if found.why:
        states.caption(found.why)
    return found.result


def _column(found: Dataset, said: Said, one: _Strategy, measured: Newcomers | None) -> None:
    style = newcomer_data.looks().get(one.spec)
    mark = marker(style) if style else ""
    fared = newcomer_words.fared(measured, one.way, one.spec, said)
    st.html(f'<p class="ts-list-head">{mark}<span>{escaped(one.label, 80)}</span></p><p>{escaped(fared)}</p>')
    shown = one.shown()
    if shown is None:
        return
    places = shown.places[: min(session.state().k, MOST)]
    if not places:
        states.caption(_("It shows this person nothing."))
        return
    st.html(
        f'<ol class="ts-newcomer">{"".join(_entry(found, place, one.reason(place)) for place in places)}</ol>'
    )
    if not all(place.exact for place in places):
        states.caption(_("Reasons were found by leaving likes out, one at a time."))
    if one.way == "details":
        _parts(found, places)


def _entry(found: Dataset, place: Place, why: str) -> str:
    image = ""
    if place.item in found.items.index:
        path = found.items["image"].get(place.item)
        image = picture(found.origin.folder, path) if isinstance(path, str) and path else ""
    art = f'<img src="{image}" alt="">' if image else ""
    href = escaped(session.link("content", item=place.item), 4_000)
    title = escaped(content_data.title(found, place.item), 120)
    return (
        f'<li>{art}<div><a href="{href}" target="_self">{title}</a>'
        f"<small>{escaped(why, 200)}</small></div></li>"
    )


def _parts(found: Dataset, places: tuple[Place, ...]) -> None:
    """What each detail adds to each score, to the last digit that is shown."""
    names = sorted({part.name for place in places for part in place.parts})
    with st.expander(_("What each detail adds"), on_change="rerun", key="newcomer_parts") as more:
        if not more.open:
            return
        rows = []
        for place in places:
            weights = {part.name: part.weight for part in place.parts}
            popular = place.score - sum(weights.values())
            figures = [popular, *(weights[name] for name in names), place.score]
            title = content_data.title(found, place.item)
            rows.append([title, *(numbers.signed(value, 2) for value in figures)])
        head = ["", _("popularity"), *names, _("score")]
        st.html(page_tables.table(head, rows, right=range(1, len(head))))
        states.caption(_("Logarithms of 1 + people, and of each detail's ratio; they sum to the score."))
