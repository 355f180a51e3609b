"""Why an item is in somebody's list: opens at the right, with the weights that the model really used."""

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.people import Place
from core.explain.why import Answer, Question, Why, why
from core.work.errors import BadInput
from pages.parts import job_panel, numbers, page_tables, states
from pages.parts.page_tables import Bar
from pages.parts.text import markdown
from pages.parts.words import _, counted

WAIT = 20.0  # seconds


def show(found: Dataset, comparison: Comparison, entry: int, row: int, place: Place, title: str) -> None:
    """Opens the reason for one place of one list."""
    st.dialog(markdown(title, 90) or "–", width="medium", position="right")(_body)(
        found, comparison, entry, row, place
    )


def _body(found: Dataset, comparison: Comparison, entry: int, row: int, place: Place) -> None:
    one, user = comparison.entries[entry], str(comparison.user_ids[row])
    hit = _("Held out: this person really took it later.") if place.hit else _("Not among what was held out.")
    states.caption(
        _("{recommender} puts it at place {rank} for {user}, with score {score}.").format(
            recommender=one.label, rank=place.rank, user=user, score=numbers.figure(place.score)
        )
    )
    states.caption(hit)
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
        _answer(
            answer, {str(item): str(title) for item, title in found.items["title"].dropna().items() if title}
        )


def _answer(answer: Answer, titles: dict[str, str]) -> None:
    if not answer.reasons:
        states.refused(
            _("This model gives no reason."),
            _(
                "Its scores can't be taken apart into items of the history,"
                " so anything said here would be made up."
            ),
        )
        return
    reason = answer.reasons[0]
    if not reason.parts:
        states.refused(
            _("Nothing in the history speaks for it."),
            counted(
                "The model was given {n} item of the history; none of them adds to this score.",
                "The model was given {n} items of the history; none of them adds to this score.",
                answer.history,
            ),
        )
        return
    st.subheader(_("Because of these items of the history"), anchor=False)
    most = reason.parts[0].weight
    st.html(
        page_tables.bars(
            [
                Bar(
                    titles.get(part.item, part.item),
                    part.weight / most,
                    f"{numbers.figure(part.weight)} · {numbers.percent(part.share, 0)}",
                )
                for part in reason.parts
            ]
        )
    )
    states.caption(_rest(reason))
    states.caption(
        _("The weights are the model's own and add up to the score {score}.").format(
            score=numbers.figure(reason.score)
        )
    )


def _rest(reason: Why) -> str:
    more = counted(
        "{n} more item adds {rest} together.",
        "{n} more items add {rest} together.",
        reason.others,
        rest=numbers.figure(reason.rest),
    )
    less = (
        _("Others take {against} away.").format(against=numbers.figure(-reason.against))
        if reason.against < 0
        else ""
    )
    return " ".join(filter(None, [more if reason.others else "", less]))
