"""A reason as People draws it: what it names, with weights, and whether it is exact or estimated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from core.data.dataset import Dataset
from core.explain.why import Answer, Named, Strongest, Why
from core.recommenders.leaving_out import MOST
from core.recommenders.reason import Reason
from pages.parts import numbers, page_tables, session, states
from pages.parts.page_tables import Bar
from pages.parts.text import escaped, markdown
from pages.parts.words import _, counted


@dataclass(frozen=True)
class Words:
    """What a reason is drawn with: titles of items by id."""

    titles: Mapping[str, str]

    def bar(self, part: Named, kind: str, most: float) -> Bar:
        """A part as a bar; items and people lead to their pages."""
        name = self.titles.get(part.name, part.name) if kind == "items" else part.name
        figure = f"{numbers.figure(part.weight)} · {numbers.percent(part.share, 0)}"
        return Bar(name, part.weight / most, figure, href=_leads(part.name, kind))


def titles_of(found: Dataset, answer: Answer) -> dict[str, str]:
    """Titles of the items that reasons name."""
    ids = {
        part.name
        for one in answer.reasons
        for reason, way in zip((one.reason, *one.reason.also), one.ways, strict=True)
        if reason.kind == "items"
        for part in way.parts
    }
    known = found.items["title"].reindex(sorted(ids)).dropna()
    return {str(item): str(title) for item, title in known.items() if title}


def draw(why: Why, history: int, words: Words) -> None:
    """One reason: what speaks for the item, and what the weights are."""
    reason = why.reason
    if reason.kind == "chance":
        states.refused(
            _("It is there by chance."),
            _("This recommender scores every item alike; the order is that of a hash."),
        )
        return
    if not reason.adds:
        states.refused(_("Nothing in the history speaks for it."), _nothing(history))
        _notes(reason)
        return
    st.html(f'<p class="ts-reason-kind"><span class="ts-badge">{escaped(badge(reason.exact))}</span></p>')
    for one, way in zip((reason, *reason.also), why.ways, strict=True):
        if way.parts:
            _way(one, way, words, after=reason.kind if one is not reason else "")
    _notes(reason)


def badge(exact: bool) -> str:
    """Exact or estimated, in a word or two."""
    return _("the model's own reason") if exact else _("estimated by leaving items out")


def _way(reason: Reason, way: Strongest, words: Words, after: str) -> None:
    if reason.kind in _SENTENCES:
        st.markdown(f"**{_SENTENCES[reason.kind](reason)}**")
    else:
        st.subheader(_title(reason, after), anchor=False)
    if reason.kind in ("popular", "segment", "topic") and not way.parts[0].name:
        return
    most = way.parts[0].weight
    st.html(page_tables.bars([words.bar(part, reason.kind, most) for part in way.parts]))
    rest = _rest(way)
    if rest:
        states.caption(rest)


def _title(reason: Reason, after: str) -> str:
    if reason.kind == "people":
        return counted(
            "{n} of the {of} people most alike liked it",
            "{n} of the {of} people most alike liked it",
            reason.n,
            of=f"{reason.of:,}",
        )
    if reason.kind == "items" and after == "people":
        return _("What makes them alike: items of the history")
    return {
        "items": _("Because of these items of the history"),
        "words": _("The words that they share"),
        "details": _("Because of these details"),
        "features": _("Because of these features"),
    }[reason.kind]


def _in_segment(reason: Reason) -> str:
    if not reason.name:
        return _("Popular among people of the same group; which one is personal, so it is not shown.")
    return counted(
        "Popular in the segment {name}: liked by {n} of {of} people.",
        "Popular in the segment {name}: liked by {n} of {of} people.",
        reason.n,
        of=f"{reason.of:,}",
        name=markdown(reason.name, 60),
    )


_SENTENCES: dict[str, Callable[[Reason], str]] = {
    "popular": lambda reason: counted(
        "Liked by {n} of {of} people. It is as popular for everybody.",
        "Liked by {n} of {of} people. It is as popular for everybody.",
        reason.n,
        of=f"{reason.of:,}",
    ),
    "segment": _in_segment,
    "topic": lambda reason: _("Because of the topic {topic}").format(topic=markdown(reason.name, 60)),
}


def _leads(name: str, kind: str) -> str:
    if kind == "items":
        return session.link("content", item=name)
    return session.link("people", person=name) if kind == "people" else ""


def _nothing(history: int) -> str:
    return counted(
        "The model was given {n} item of the history; none of them adds to this score.",
        "The model was given {n} items of the history; none of them adds to this score.",
        history,
    )


def _rest(way: Strongest) -> str:
    more = counted(
        "{n} more adds {rest} together.",
        "{n} more add {rest} together.",
        way.others,
        rest=numbers.figure(way.rest),
    )
    less = (
        _("Others take {against} away.").format(against=numbers.figure(-way.against))
        if way.against < 0
        else ""
    )
    return " ".join(filter(None, [more if way.others else "", less]))


def _notes(reason: Reason) -> None:
    """What the weights are, and what to know of them."""
    score = numbers.figure(reason.score)
    if reason.exact and reason.kind not in ("popular", "segment"):
        states.caption(
            _("The weights are the model's own and add up to the score {score}.").format(score=score)
        )
    if not reason.exact:
        states.caption(
            _(
                "This model can't take its score apart. Each weight is how far the score of {score}"
                " falls without that one item; they need not add up to it."
            ).format(score=score)
        )
    if reason.stage == "first":
        states.caption(
            _("This recommender reorders its list at the end; the reason is of the score before that.")
        )
    if reason.stage == "last":
        states.caption(
            _("The reason is of the score by which this recommender puts its list in order at the end.")
        )
    if reason.stranger:
        states.caption(
            _(
                "Of people whom it knows this model uses what it learnt in training and looks at no history:"
                " the estimate is for somebody new with the same history."
            )
        )
    if reason.left_out:
        states.caption(
            counted(
                "Only {most} items of the history were left out one by one; {n} more was not.",
                "Only {most} items of the history were left out one by one; {n} more were not.",
                reason.left_out,
                most=MOST,
            )
        )
