"""One item on Content: its picture and words, keywords, colours, reviews, and who is shown it."""

import numpy as np
import streamlit as st

from core.content.about import OfOne, colours_of, item_keywords
from core.content.embed import encoding
from core.content.sentiment import sentiment
from core.content.texts import Content
from core.content.tokens import language
from core.data.dataset import Dataset
from core.data.ids import rows_with
from core.data.pictures import picture
from core.evaluation.exposure import exposures
from core.evaluation.protocol import compare
from core.evaluation.selection import for_segment
from pages.parts import content_data, data, job_panel, numbers, page_tables, palette, session, states
from pages.parts.text import escaped
from pages.parts.theme import marker
from pages.parts.words import _, counted


def show(found: Dataset, content: Content, item: str) -> None:
    """What is known of the item."""
    at = int(np.flatnonzero(content.item_ids == item)[0])
    row = found.items.loc[item] if item in found.items.index else None
    image = picture(content.folder, str(content.images[at]))
    art = f'<img src="{image}" alt="">' if image else ""
    price = f"{row['price']:,.2f}" if row is not None and row["price"] == row["price"] else ""
    spoken = language(str(content.texts[at]))
    under = " · ".join(filter(None, [str(content.categories[at]), price, item, spoken]))
    title = content_data.title(found, item)
    words = row["text"] if row is not None and isinstance(row["text"], str) else ""
    st.html(
        f'<div class="ts-item">{art}<div><h2>{escaped(title, 200)}</h2><small>{escaped(under, 200)}</small>'
        f"<p>{escaped(words or _('It has no text.'), 900)}</p></div></div>"
    )
    _keywords(content, item, at)
    _colours(content, at)
    _reviews(found, item)


def _keywords(content: Content, item: str, at: int) -> None:
    encoder = content_data.reader(content)
    if encoder is None or not content.texts[at]:
        return
    st.subheader(_("Keywords"), anchor=False)
    said = job_panel.peek(item_keywords, content, settings=OfOne(item, encoding(encoder)), key="keywords")
    if said is None:
        return
    chips = "".join(f"<li>{escaped(one.word, 40)}</li>" for one in said)
    st.html(f'<ul class="ts-words">{chips}</ul>')
    states.caption(
        _("Words near to the whole text in meaning, by {encoder}, and unlike each other.").format(
            encoder=encoder.label
        )
    )


def _colours(content: Content, at: int) -> None:
    seen = colours_of(content.folder, str(content.images[at]))
    if seen:
        st.subheader(_("Colours"), anchor=False)
        chips = "".join(
            f'<li><i style="background:{one.look}"></i>{escaped(_(one.name))}'
            f" {numbers.percent(one.share, 0)}</li>"
            for one in seen
        )
        st.html(f'<ul class="ts-words">{chips}</ul>')


def _reviews(found: Dataset, item: str) -> None:
    rows = np.flatnonzero(rows_with(found.reviews["item"], item))
    if not len(rows):
        return
    st.subheader(_("Reviews"), anchor=False)
    moods = job_panel.peek(sentiment, found, settings=0, key="moods")
    if moods is None:
        return
    scores = moods.scores[rows]
    known = np.isfinite(scores)
    if known.any():
        good = int((scores[known] > 0).sum())
        st.html(
            page_tables.bars(
                [
                    page_tables.Bar(_("favourable"), good / known.sum(), f"{good} / {known.sum()}"),
                    page_tables.Bar(
                        _("unfavourable"), 1 - good / known.sum(), f"{known.sum() - good} / {known.sum()}"
                    ),
                ]
            )
        )
    states.caption(mood_source(moods))
    latest = found.reviews.iloc[rows].sort_values("timestamp", ascending=False, kind="stable").head(2)
    for text in latest["text"]:
        st.html(f'<p class="ts-quote">{escaped(str(text), 300)}</p>')


def mood_source(moods: object) -> str:
    """Which method read the moods, and how often it is right on reviews of held-out people."""
    names = {"lexicon": _("a lexicon (VADER)"), "stars": _("a classifier learned from this data's stars")}
    used = {method for method in getattr(moods, "methods", []) if method}
    best = [
        (method, [one for one in getattr(moods, "accuracies", ()) if one.method == method])
        for method in names
    ]
    best = [(method, found) for method, found in best if method in used and found]
    if not best:
        return _("No method can tell here: there are too few reviews with stars, and none in English.")
    said = [
        _("{name}: right for {right} of {of} reviews of held-out people").format(
            name=names[method],
            right=f"{sum(one.right for one in found):,}",
            of=f"{sum(one.of for one in found):,}",
        )
        for method, found in best
    ]
    return _("Model-based: {methods}.").format(methods="; ".join(said))


def exposure(found: Dataset, item: str, k: int) -> None:
    """Which recommenders show the item, to how many, and to whom."""
    st.subheader(_("Who is shown it"), anchor=False)
    comparison = job_panel.peek(compare, found, settings=data.experiment(found), key="exposure")
    if comparison is None:
        return
    if (kept := data.segment(found)) is not None:
        users = np.array(kept.users, dtype=object)
        comparison = job_panel.peek(for_segment, comparison, settings=users, key="exposure_segment")
        if comparison is None:
            return
    looks = palette.styles([entry.spec for entry in comparison.entries])
    people = len(comparison.user_ids)
    lines = []
    for one in exposures(comparison, item, k):
        entry = comparison.entries[one.entry]
        style = looks.get(entry.spec)
        share = numbers.percent(one.people / max(one.of, 1))
        link = ", ".join(
            f'<a href="{escaped(session.link("people", person=who), 4_000)}" target="_self">'
            f"{escaped(who, 30)}</a>"
            for who in one.who
        )
        place = _("place {place} on average").format(place=f"{one.place:.1f}") if one.people else ""
        said = counted("{n} person ({share})", "{n} people ({share})", one.people, share=share)
        hit = counted("{n} took it later", "{n} took it later", one.hits)
        few = "" if one.of == people else f"n = {one.of:,}"
        under = " · ".join(filter(None, [said, hit, place, few]))
        mark = marker(style) if style else ""
        lines.append(
            f'<p class="ts-list-head">{mark}<span>{escaped(entry.label, 60)}</span></p>'
            f"<p>{escaped(under)} {link}</p>"
        )
    st.html(f'<div class="ts-shown">{"".join(lines)}</div>')
    states.caption(
        _("In the first {k} places, among n = {n} people with held-out events.").format(k=k, n=f"{people:,}")
    )
