"""What Topics and a person's interests stand on: documents, topics, interests, and how topics are called."""

import numpy as np
import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.interests import names
from core.interests.documents import Asked, Documents, Kind, read_documents
from core.interests.profiles import Profiles, profiles
from core.interests.topics import LAMBDA, Topics, TopicSettings, topics
from core.types import FloatArray
from pages.parts import content_data, job_panel, session
from pages.parts.content_data import part
from pages.parts.words import _

NAMING = {"text": 3, "items": 2}  # words, or titles of items, that name a topic
KINDS: dict[str, Kind] = {"text": "text", "items": "items"}


def speaks(found: Dataset) -> bool:
    """Whether any item has a title or a text."""
    return bool(found.items["title"].notna().any() or found.items["text"].notna().any())


def asked(found: Dataset) -> Asked:
    """What topics are learnt from, as the state has it; what fits the data where that isn't there."""
    return Asked(part(found), KINDS.get(session.state().learnt, "") if speaks(found) else "")


def settings(read: Documents) -> TopicSettings:
    """As many topics as the state asks for and the documents allow."""
    return TopicSettings(max(2, min(session.state().topics, read.different)))


def documents(found: Dataset) -> Documents:
    """What topics are learnt from; or the page ends, showing progress."""
    return job_panel.result(read_documents, found, settings=asked(found))


def learnt(read: Documents) -> Topics:
    """The topics; or the page ends, showing progress."""
    return job_panel.result(topics, read, settings=settings(read))


def peek_documents(found: Dataset, key: str) -> Documents | None:
    """As `documents`; None while they are read, and the page goes on."""
    return job_panel.peek(read_documents, found, settings=asked(found), key=key)


def peek_topics(read: Documents, key: str) -> Topics | None:
    """As `learnt`; None while they are learnt, and the page goes on."""
    return job_panel.peek(topics, read, settings=settings(read), key=key)


def peek_interests(found: Dataset, known: Topics, key: str) -> Profiles | None:
    """Everybody's interests in the topics; None while they are worked out, and the page goes on."""
    return job_panel.peek(profiles, found, known, settings=part(found), key=key)


def chosen(known: Topics) -> int:
    """The row of the topic that is shown: the state's, else the largest."""
    at = np.flatnonzero(known.ids == session.state().topic)
    return int(at[0]) if len(at) else int(np.argmax(known.share))


def titles(found: Dataset, known: Topics) -> list[str]:
    """The names of topics in their order: those that were given, else their most relevant words."""
    given = names.names(session.state().data, known)
    return [given.get(row) or own_title(found, known, row) for row in range(len(known.ids))]


def own_title(found: Dataset, known: Topics, row: int) -> str:
    """A topic's name from its words alone."""
    between = ", " if known.kind == "text" else " · "  # titles have commas of their own
    made = between.join(spoken(found, known, word) for word in _naming(known.fingerprint, known)[row])
    return made or _("topic {n}").format(n=known.ids[row])


def spoken(found: Dataset, known: Topics, word: str) -> str:
    """A word as people read it: where words are ids of items, the title."""
    return content_data.title(found, word) if known.kind == "items" else word


def weights(found: Dataset, known: Topics) -> FloatArray:
    """(I,) how many events there are with each item that topics know."""
    events = found.interactions["item"].value_counts().reindex(pd.Index(known.item_ids)).fillna(0)
    return np.asarray(events, dtype=np.float64)


@st.cache_data(max_entries=64, show_spinner=False)
def _naming(key: str, _known: Topics) -> list[list[str]]:  # noqa: ARG001
    """The words that name each topic; `key` is the fingerprint of the topics."""
    many = NAMING[_known.kind]
    return [[one.word for one in _known.top(row, many, LAMBDA)] for row in range(len(_known.ids))]
