"""A person in a few sentences, made from what the training part tells of them."""

import streamlit as st

from core.content.embed import read_content
from core.content.persons import Of, person_words
from core.content.sentiment import sentiment
from core.data.dataset import Dataset
from core.data.ids import rows_with
from core.evaluation.comparison import Comparison
from core.explain import portrait
from core.explain.portrait import Known
from core.interests.documents import read_documents
from core.interests.profiles import profiles
from core.interests.topics import topics
from pages.parts import content_data, job_panel, person_interests, topic_data, written
from pages.parts.person_interests import Interests
from pages.parts.text import escaped


def section(found: Dataset, user: str, comparison: Comparison, interests: Interests | None) -> None:
    """The portrait, once all that it may rest on is worked out: it is written once."""
    known = _known(found, user, comparison, interests)
    draft = portrait.portrait(known) if known is not None else None
    if draft is None:
        return
    made = written.texts(found, [draft], "portrait")
    st.html(f'<p class="ts-portrait">{escaped(written.said(made.texts[0]), 900)}</p>')
    written.label(made, "portrait")


def _known(found: Dataset, user: str, comparison: Comparison, interests: Interests | None) -> Known | None:
    """None while something is still worked out."""
    waits = [_topics_wait(found)]
    content = job_panel.outcome(read_content, found, settings=content_data.part(found))
    waits.append(content.waits)
    words: tuple[str, ...] = ()
    if content.result is not None and any(content.result.texts):
        said = job_panel.outcome(person_words, found, content.result, settings=Of(user, comparison.time))
        waits.append(said.waits)
        words = tuple(one.word for one in said.result.words) if said.result else ()
    read = None
    if rows_with(found.reviews["user"], user).any():
        moods = job_panel.outcome(sentiment, found, settings=0)
        waits.append(moods.waits)
        read = moods.result
    if any(waits):
        return None
    events = person_interests.before(found, user, comparison)
    topics_of = person_interests.main_topics(found, user, interests)
    return Known(events, topics_of, words, portrait.marks(found, user, events, read))


def _topics_wait(found: Dataset) -> bool:
    read = job_panel.outcome(read_documents, found, settings=topic_data.asked(found))
    if read.result is None or read.result.different < 2:
        return read.waits
    learnt = job_panel.outcome(topics, read.result, settings=topic_data.settings(read.result))
    if learnt.result is None:
        return learnt.waits
    return job_panel.outcome(profiles, found, learnt.result, settings=content_data.part(found)).waits
