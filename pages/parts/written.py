"""Texts that a language model wrote from facts, or their templates: how they read, and what they rest on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from core.data.dataset import Dataset
from core.language.asked import Spent
from core.language.writing import Draft, Text, Texts, Writing, marked, template, written
from core.work.jobs import Job
from pages.parts import job_panel, states
from pages.parts.text import escaped, markdown
from pages.parts.words import N_, _, language, listed, sentences

FACTS = {
    "items": N_("chosen before"),
    "item": N_("chosen before"),
    "words": N_("words"),
    "n": N_("how many"),
    "of": N_("of how many"),
    "segment": N_("segment"),
    "topic": N_("topic"),
    "topics": N_("topics"),
    "categories": N_("categories"),
    "category": N_("category"),
    "details": N_("details"),
    "features": N_("features"),
    "days": N_("days"),
    "likes": N_("liked"),
    "dislikes": N_("not liked"),
    "day": N_("since"),
}
_SPOKEN = ("days",)  # facts that are words of ours


@dataclass(frozen=True)
class Made:
    """Texts in the order of their drafts; the templates while they are written."""

    texts: tuple[Text, ...]
    why: str = ""  # why no model wrote them, where one should have
    again: Callable[[], None] | None = None  # asks once more, where an answer may come yet
    spent: Spent | None = None


def texts(found: Dataset, drafts: Sequence[Draft], place: str) -> Made:
    """Written by a model in the background; the page is drawn again when it is done.

    Where something else is written in this place of the page by now, what is not finished is let go: so
    somebody who goes through people quickly leaves no queue behind.
    """
    job = _job(found, drafts)
    before = job_panel.desk().job(str(st.session_state.get(f"writing_{place}", "")))
    if before is not None and before.key != job.key and not before.finished:
        before.cancel()
    st.session_state[f"writing_{place}"] = job.key
    job.wait(job_panel.GLANCE)
    if not job.finished:
        st.fragment(job_panel.redraw_after, run_every=job_panel.EVERY)(job.key)
    return _made(job, found, drafts)


def waited(found: Dataset, drafts: Sequence[Draft], seconds: float) -> Made:
    """The same, after waiting so long: for dialogs, where the page can't be drawn again."""
    job = _job(found, drafts)
    job.wait(seconds)
    return _made(job, found, drafts)


def _job(found: Dataset, drafts: Sequence[Draft]) -> Job[Texts]:
    asked, settings = tuple(drafts), Writing.here(language())
    job = job_panel.started(written, found, asked, settings=settings)
    if job.status().state == "cancelled":
        job = job_panel.desk().start(written, found, asked, settings=settings)
    return job


def _made(job: Job[Texts], found: Dataset, drafts: Sequence[Draft]) -> Made:
    def again() -> None:
        job_panel.desk().start(written, found, tuple(drafts), settings=Writing.here(language()))

    if job.status().state != "done":
        return Made(tuple(template(draft) for draft in drafts))
    made = job.result()
    reasons = made.spent.reasons if made.spent else ()
    return Made(made.texts, made.why or " ".join(reasons), again if made.provisional else None, made.spent)


def said(text: Text) -> str:
    """A text in the reader's language; a model's own words as they are."""
    if text.own:
        return text.own
    return sentences(
        [
            _(one.wordings[at]).format(**{name: listed(_values(name, values)) for name, values in one.facts})
            for one, at in zip(text.sentences, text.chosen, strict=True)
        ]
    )


def label(made: Made, key: str) -> None:
    """Whether a model wrote it, and what it rests on, one click away."""
    by = next((one.by for one in made.texts if one.by), "")
    with facts_of(by, key):
        _facts(made, by)
        if made.again is not None:
            st.button(_("Ask again"), key=f"ask_again_{key}", type="tertiary", on_click=made.again)


@contextmanager
def facts_of(by: str, key: str) -> Iterator[None]:
    """A badge where a model wrote something, and one click away a place for what that rests on."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"written_{key}"):
        if by:
            st.html(f'<span class="ts-badge">{escaped(_("generated"))}</span>', width="content")
        with st.popover(_("From these facts"), type="tertiary", key=f"facts_{key}"):
            yield


def _facts(made: Made, by: str) -> None:
    if by:
        states.caption(_("{model} chose the words; these facts were given to it.").format(model=by))
    else:
        states.caption(_("A template with these facts; no language model wrote it."))
    if made.spent is not None and made.spent.asked_tokens:
        states.caption(
            _("{tokens} tokens in {seconds} s; cost {cost}.").format(
                tokens=f"{made.spent.asked_tokens + made.spent.said_tokens:,}",
                seconds=f"{made.spent.seconds:,.1f}",
                cost=f"{made.spent.cost:.4g}",
            )
        )
    if made.why:
        states.caption(_("None answers: {why}").format(why=made.why))
    for one in made.texts:
        lines = [
            f"<li><span>{escaped(listed(_values(name, values)), 300)}"
            f"<small>{escaped(_(FACTS.get(name, name)))}</small></span></li>"
            for sentence in one.sentences
            for name, values in sentence.facts
        ]
        if len(made.texts) > 1:
            st.markdown(f"**{markdown(said(one), 160)}**")
        if lines:
            st.html(f'<ul class="ts-items ts-plain">{"".join(lines)}</ul>')
        if one.refused:
            states.caption(
                _("Its own words were not used, since no fact holds this: {what}.").format(what=one.refused)
            )


def _values(name: str, values: Sequence[str]) -> list[str]:
    return marked([_(value) if name in _SPOKEN else value for value in values])
