"""Why an item is in somebody's list: opens at the right, with what the model really went by."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.people import Place
from core.explain.sentences import explanation
from core.explain.why import Question, why
from core.language.writing import Draft, template
from core.work.errors import BadInput
from pages.parts import dialog, job_panel, numbers, person_reason, states, written
from pages.parts.text import escaped, markdown
from pages.parts.words import _

WAIT = 20.0  # seconds


def show(found: Dataset, comparison: Comparison, entry: int, row: int, place: Place, title: str) -> None:
    """Opens the reason for one place of one list."""
    heading = markdown(title, 90) or "–"
    dialog.show(heading, _body, found, comparison, entry, row, place, width="medium", position="right")


def _body(found: Dataset, comparison: Comparison, entry: int, row: int, place: Place) -> None:
    one, user = comparison.entries[entry], str(comparison.user_ids[row])
    hit = _("Held out: this person really took it later.") if place.hit else _("Not among what was held out.")
    states.caption(
        _("{recommender} puts it at place {rank} for {user}, with score {score}.").format(
            recommender=one.label, rank=place.rank, user=user, score=numbers.figure(place.score)
        )
    )
    states.caption(hit)
    if entry not in comparison.fitted:
        states.empty(
            _("These lists came ready-made from a file."), _("Why an item is in them is not known here.")
        )
        return
    question = Question(comparison.experiment, one.spec, user)
    job = job_panel.desk().start(why, found, (place.item,), settings=question)
    with st.spinner(_("Asking the model")):
        job.wait(WAIT)
    try:
        answer = job.result(0)
    except BadInput as error:
        states.bad_input(error)
    except TimeoutError:
        states.empty(_("The model is still being asked."), _("Close this and open it again in a moment."))
    except Exception:
        states.error(_("The reason could not be worked out."), _("The log of the server says why."))
    else:
        words = person_reason.Words(person_reason.titles_of(found, answer))
        sentence = st.container(key="reason_sentence", gap="xsmall")
        person_reason.draw(answer.reasons[0], answer.history, words)
        if not answer.reasons[0].reason.exact:
            states.caption(_("How far such reasons hold is measured below the lists: Do these reasons hold?"))
        draft = explanation(answer.reasons[0], words.titles)
        if draft is not None:
            with sentence:
                _sentence(found, draft)


def _sentence(found: Dataset, draft: Draft) -> None:
    """The reason as the person would read it: a template at first, until it is written."""
    place, under = st.empty(), st.container()
    place.html(f'<p class="ts-portrait">{escaped(written.said(template(draft)), 600)}</p>')
    made = written.waited(found, [draft], WAIT)
    place.html(f'<p class="ts-portrait">{escaped(written.said(made.texts[0]), 600)}</p>')
    with under:
        written.label(made, "why")
