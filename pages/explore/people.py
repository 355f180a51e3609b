"""Explore / People: one person, what they did, and what each recommender would show them."""

import streamlit as st

from core.evaluation import people, person
from pages.parts import (
    data,
    nouns,
    page_tables,
    person_choice,
    person_fidelity,
    person_interests,
    person_lists,
    person_portrait,
    person_said,
    person_view,
    person_what_if,
    person_words,
    session,
    states,
)
from pages.parts.metric_names import metric_at
from pages.parts.words import N_, _

TITLE = N_("People")
PLACE = 1

found = data.dataset()
comparison = data.comparison(found)
state = session.state()
lead = st.container(key="lead")
st.html(page_tables.css("views", "content", "topics", "reasons"))
column = comparison.column(state.metric, state.k)
user = person_choice.choose(found, comparison, column, metric_at(state.metric, state.k))
row = people.row_of(comparison, user)
if not person.exists(found, user):
    states.empty(
        _("There is no person “{user}” in this data set.").format(user=user),
        _("Search above, or go on with next; the link may be meant for another data set."),
    )
    raise states.PageEnds
with lead:
    if row is None:
        states.text_line(_("{user} is in the data, but nothing of theirs is held out.").format(user=user))
    else:
        entries = range(len(comparison.entries))
        hits = [
            sum(place.hit for place in people.places(comparison, entry, row, state.k)) for entry in entries
        ]
        labels = [entry.label for entry in comparison.entries]
        states.text_line(
            person_words.first_sentence(
                user, labels, hits, nouns.count(found.origin, len(people.held_out(comparison, row))), state.k
            )
        )
with st.container(key="person"):  # in order of importance; views.css puts them into two columns
    who, lists, words = (st.container(key=f"person_{part}") for part in ("who", "lists", "words"))
with who:
    portrait = st.container(key="portrait")
    person_view.profile(found, user)
    interests = person_interests.section(found, user)
with words:
    if interests is not None:
        person_interests.more(found, user, comparison, interests)
    person_said.section(found, user, comparison.time)
    person_view.words(found, user)
with portrait:
    person_portrait.section(found, user, comparison, interests)
with lists:
    if row is None:
        states.refused(
            _("There are no lists for this person."),
            _(
                "Nothing of theirs is held out by this split, so nothing could be judged."
                " Another split may hold some out."
            ),
        )
    else:
        person_lists.draw(found, comparison, row, state.k)
        person_fidelity.section(found, comparison)
    person_what_if.section(found, comparison, user)
    person_view.history(found, user, comparison.time)
