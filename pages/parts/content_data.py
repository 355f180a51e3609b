"""What the Content page stands on: what items say, and the encoders that can read it."""

import streamlit as st

from core.content.embed import TrainingPart, default_encoder, read_content
from core.content.encoders.base import ENCODERS, Encoder, encoder_of
from core.content.texts import Content
from core.data.dataset import Dataset
from pages.parts import job_panel, session, states
from pages.parts.words import _

ORDER = ("tfidf", "word2vec", "bert", "multilingual", "cnn")  # as they stand on the page; others behind


def content(found: Dataset) -> Content:
    """What the catalogue says and shows, with ratings of the training part; or the page ends."""
    return job_panel.result(read_content, found, settings=_part(found))


def peek(found: Dataset) -> Content | None:
    """The same, or None while it is worked out; the page goes on."""
    return job_panel.peek(read_content, found, settings=_part(found), key="content")


def _part(found: Dataset) -> TrainingPart:
    state = session.state()
    positive = "" if state.positive == "all" else state.positive or found.origin.positive
    return TrainingPart(state.split, positive, 0)


def need_something(content: Content) -> None:
    """Ends the page where items say and show nothing: what is missing, and how to add it."""
    if any(content.texts) or any(content.images):
        return
    states.empty(
        _("Nothing is known of what these items say or show."),
        _(
            "Content needs a title, text or tags, or pictures. Join a table of items by id, or a folder of"
            " pictures named by id: Data, How it is read, Words and pictures."
        ),
    )
    st.link_button(_("Open Data"), session.link("data"), type="primary")
    raise states.PageEnds


def encoders(content: Content) -> list[Encoder]:
    """The encoders that have something to read, those of words first."""
    there = {"text": any(content.texts), "picture": any(content.images)}
    chosen = [encoder_of(name) for name, cls in ENCODERS.all().items() if there[cls.reads]]
    names = (*ORDER, *sorted({one.name for one in chosen} - set(ORDER)))
    return sorted(chosen, key=lambda one: (one.reads != "text", names.index(one.name)))


def reader(content: Content) -> Encoder | None:
    """The encoder that reads sentences of this data set's language; None where there are no texts."""
    return encoder_of(default_encoder(content)) if any(content.texts) else None


def title(found: Dataset, item: str) -> str:
    """An item's title, its id where it has none."""
    if item not in found.items.index:
        return item
    value = found.items["title"].get(item)
    return value if isinstance(value, str) and value else item
