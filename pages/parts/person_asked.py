"""A dear recommender's list for a person whom the comparison did not ask about, made when wished for."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation import people
from core.evaluation.comparison import Comparison
from core.evaluation.people import Place
from core.explain.one_list import one_list
from core.explain.why import Question
from pages.parts import job_panel, states
from pages.parts.words import _


def unasked(comparison: Comparison, entry: int, row: int) -> bool:
    """Whether the comparison did not ask this recommender about this person."""
    asked = comparison.ranked[entry].asked
    return asked is not None and not asked[row]


def places(found: Dataset, comparison: Comparison, entry: int, row: int, k: int) -> list[Place]:
    """A person's list: the comparison's, or the one that was asked for since; [] where there is none."""
    if not unasked(comparison, entry, row):
        return people.places(comparison, entry, row, k)
    made = job_panel.outcome(one_list, found, settings=_question(comparison, entry, row)).result
    return made.places[:k] if made is not None else []


def offer(found: Dataset, comparison: Comparison, entry: int, row: int) -> None:
    """A button that asks for the list; its progress, and what to know of it once it is there."""
    question = _question(comparison, entry, row)
    if job_panel.desk().find(one_list, found, settings=question) is None and not job_panel.ready(
        one_list, found, settings=question
    ):
        asked = comparison.ranked[entry].asked
        n = f"{int(asked.sum()) if asked is not None else 0:,}"
        states.caption(
            _("Its lists are dear: {n} people were asked about, and this is none of them.").format(n=n)
        )

        def start() -> None:
            job_panel.desk().start(one_list, found, settings=question)

        st.button(_("Ask it now"), key=f"ask_now_{entry}", on_click=start)
        return
    made = job_panel.peek(one_list, found, settings=question, key=f"one_list_{entry}")
    if made is not None:
        states.caption(_("Asked just for this person; it counts in no figure."))
        if made.provisional:
            states.caption(_("Some of it was not answered; there the first order stays."))


def _question(comparison: Comparison, entry: int, row: int) -> Question:
    return Question(comparison.experiment, comparison.entries[entry].spec, str(comparison.user_ids[row]))
