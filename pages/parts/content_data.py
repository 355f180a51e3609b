"""What the Content page stands on: what items say, and the encoders that can read it."""

import streamlit as st

from core.content.embed import TrainingPart, default_encoder, default_reader, read_content
from core.content.encoders.base import Encoder, encoder_of
from core.content.texts import Content
from core.data.dataset import Dataset
from pages.parts import job_panel, session, states
from pages.parts.words import _


def content(found: Dataset) -> Content:
    """What the catalogue says and shows, with ratings of the training part; or the page ends."""
    return job_panel.result(read_content, found, settings=part(found))


def peek(found: Dataset) -> Content | None:
    """The same, or None while it is worked out; the page goes on."""
    return job_panel.peek(read_content, found, settings=part(found), key="content")


def part(found: Dataset) -> TrainingPart:
    """The training part of the state, from which content, topics and maps are learnt."""
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


def reader(content: Content, sentence: str = "") -> Encoder | None:
    """The encoder that reads these texts, and a sentence in its language; None where there are no texts."""
    if not any(content.texts):
        return None
    return encoder_of(default_reader(content, sentence) if sentence else default_encoder(content))


def title(found: Dataset, item: str) -> str:
    """An item's title, its id where it has none."""
    if item not in found.items.index:
        return item
    value = found.items["title"].get(item)
    return value if isinstance(value, str) and value else item
