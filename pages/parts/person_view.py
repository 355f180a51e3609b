"""What a person is like: open attributes, interests, timeline, last items, searches and reviews."""

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.data.pictures import picture
from core.evaluation import person
from pages.parts import charts, data_words, nouns, numbers, page_tables, person_figures, states
from pages.parts.page_tables import Bar
from pages.parts.text import escaped
from pages.parts.words import _, counted, listed

LATEST = 6


def profile(found: Dataset, user: str) -> None:
    """Open attributes; which columns are kept back."""
    known = person.attributes(found, user)
    if known:
        st.html(page_tables.table([], [(name, value) for name, value in known.items()]))
    if found.origin.personal and len(found.users):
        kept = listed([str(column).replace("_", " ") for column in found.origin.personal])
        states.caption(_("Personal columns are not shown for one person: {columns}.").format(columns=kept))


def categories(found: Dataset, user: str) -> None:
    """Categories they touched, where topics tell nothing of their interests."""
    liked = person.interests(found, user)
    if liked:
        st.subheader(_("Interests"), anchor=False)
        most = max(max(one.share, one.everyone) for one in liked)
        st.html(
            page_tables.bars(
                [
                    Bar(one.category, one.share / most, numbers.percent(one.share, 0), one.everyone / most)
                    for one in liked
                ]
            )
        )
        states.caption(
            counted(
                "Share of {n} event by {category}",
                "Share of {n} events by {category}",
                sum(one.events for one in liked),
                category=nouns.noun(found.origin, "category"),
            )
            + _("; the line marks everybody's share.")
        )


def history(found: Dataset, user: str, split: int | None) -> None:
    """The timeline, the latest items, and everything behind it."""
    rows = person.history(found, user, split)
    st.subheader(_("History"), anchor=False)
    if rows.empty:
        states.caption(_("There are no events of this person, only impressions."))
        return
    moment = pd.Timestamp(split, unit="us", tz="UTC") if split is not None else None
    kinds = listed(
        [
            f"{len(part):,} × {data_words.kind_name(str(kind))}"
            for kind, part in rows.groupby("kind", sort=False)
        ]
    )
    _latest(found, rows)
    if rows["timestamp"].notna().any():
        alt = _("Timeline of {user}: {kinds}, from {dates}").format(
            user=user, kinds=kinds, dates=data_words.dates(rows["timestamp"].min(), rows["timestamp"].max())
        )
        charts.show(
            person_figures.timeline_figure(rows, moment),
            alt=alt,
            table=person_figures.history_table(rows),
            key="timeline",
        )
    else:
        with st.expander(counted("{n} event", "{n} events", len(rows))):
            st.dataframe(person_figures.history_table(rows), hide_index=True, alt=kinds)


def _latest(found: Dataset, rows: pd.DataFrame) -> None:
    """The latest different items with their pictures."""
    shown = rows.drop_duplicates("item").head(LATEST)
    made = []
    days = shown["timestamp"].dt.strftime("%Y-%m-%d").fillna("")
    for row, day in zip(shown.to_dict("records"), days, strict=True):
        image = picture(found.origin.folder, str(row["image"]))
        art = f'<img src="{image}" alt="">' if image else "<i></i>"
        rating = f"{row['value']:g}" if row["kind"] == "rating" and row["value"] == row["value"] else ""
        later = _("after the split") if row["later"] else ""
        under = " · ".join(filter(None, [data_words.kind_name(str(row["kind"])), rating, day, later]))
        name = escaped(row["title"] or row["item"])
        made.append(f"<li>{art}<span>{name}<small>{escaped(under)}</small></span></li>")
    st.html(f'<ul class="ts-items">{"".join(made)}</ul>')


def words(found: Dataset, user: str) -> None:
    """Their searches and reviews, the latest first."""
    asked, written = person.searches(found, user), person.reviews(found, user)
    if len(asked):
        st.subheader(_("Searches"), anchor=False)
        latest = asked.head(LATEST)
        lines = [
            f"<li><span>{escaped(query)}<small>{day}</small></span></li>"
            for query, day in zip(
                latest["query"], latest["timestamp"].dt.strftime("%Y-%m-%d").fillna(""), strict=True
            )
        ]
        st.html(f'<ul class="ts-items ts-plain">{"".join(lines)}</ul>')
        _count(len(asked), "search")
    if len(written):
        st.subheader(_("Reviews"), anchor=False)
        latest = written.head(3)
        days = latest["timestamp"].dt.strftime("%Y-%m-%d").fillna("")
        for row, day in zip(latest.to_dict("records"), days, strict=True):
            stars = (
                _("{rating} of 5").format(rating=f"{row['rating']:g}")
                if row["rating"] == row["rating"]
                else ""
            )
            about = " · ".join(filter(None, [str(row["title"] or row["item"]), stars, day]))
            st.html(f'<p class="ts-quote">{escaped(row["text"], 400)}<small>{escaped(about)}</small></p>')
        _count(len(written), "review")


def _count(n: int, what: str) -> None:
    forms = {
        "search": counted("{n} search in all", "{n} searches in all", n),
        "review": counted("{n} review in all", "{n} reviews in all", n),
    }
    states.caption(forms[what])
