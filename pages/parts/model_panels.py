"""What is said of a language model that reorders lists: its effect, its bill, what it goes by."""

from collections.abc import Sequence

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.diagnosis import PEOPLE, Diagnosing, Diagnosis, diagnosis
from core.evaluation.uncertainty import Difference, Estimate
from core.language.chosen import chosen
from core.recommenders.base import recommender_of
from core.recommenders.llm_rerank import LLMRerank
from pages.parts import job_panel, numbers, page_tables, session, states
from pages.parts.metric_names import metric_at
from pages.parts.page_tables import Cell
from pages.parts.palette import MOST
from pages.parts.text import escaped, markdown
from pages.parts.words import _, counted


def entries(comparison: Comparison) -> list[int]:
    """The rows of language models."""
    return [row for row in comparison.fitted if isinstance(_recommender(comparison, row), LLMRerank)]


def with_model(specs: Sequence[str]) -> tuple[str, ...]:
    """The selection with a language model on the first of it that scores items."""
    return (*specs[: MOST - 1], LLMRerank(of=_first(specs)).spec)


def _first(specs: Sequence[str]) -> str:
    names = [spec for spec in specs if recommender_of(spec).name not in ("random", LLMRerank.name)]
    return next((spec for spec in names if recommender_of(spec).name != "popularity"), "item_knn")


def sentence(comparison: Comparison, rows: Sequence[int]) -> str:
    """What a model changes, in plain words."""
    if not rows:
        return _("No language model is among the recommenders that are compared.")
    found = _gap(comparison, rows[0])
    label = comparison.entries[rows[0]].label
    if found is None:
        return _(
            "Compare {name} with the recommender whose lists it reorders, to see what it changes."
        ).format(name=label)
    words = {
        0: _("{name} can't be told apart from the order that it was given (n = {n})."),
        1: _("{name} is better than the order that it was given (n = {n})."),
        -1: _("{name} is worse than the order that it was given (n = {n})."),
    }
    sign = 0 if not found.settled else (1 if found.estimate.mean > 0 else -1)
    return words[sign].format(name=label, n=f"{found.estimate.n:,}")


def who_answers() -> None:
    """Which model answers here; nothing is loaded for that."""
    who = chosen().identity
    if who.backend == "address":
        text = _("{model} answers, at {address}: titles that people took go there.")
        states.caption(text.format(model=who.model, address=who.version))
    elif chosen().there:
        states.caption(
            _("{model} answers, in this process: nothing leaves the machine.").format(model=who.model)
        )
    else:
        states.error(
            _("No language model answers here: the embedded model's file was not fetched."),
            "python -m core language --fetch",
        )


def show(found: Dataset, comparison: Comparison, row: int) -> None:
    """One language model: its figures beside those of the first order, its bill, its diagnosis."""
    with st.container(key=f"ranker_{row}"):
        _figures(found, comparison, row)


def _figures(found: Dataset, comparison: Comparison, row: int) -> None:
    entry, state = comparison.entries[row], session.state()
    at = comparison.column(state.metric, state.k)
    title = metric_at(state.metric, state.k)
    st.subheader(markdown(entry.label, 120))
    lines: list[list[str | Cell]] = [[_("with the model"), _cell(comparison.estimates[row][at])]]
    gap = _gap(comparison, row)
    if gap is not None:
        mark = _("told apart") if gap.settled else _("tied")
        given = comparison.entries[gap.second].label
        lines += [
            [
                _("{name} alone, over the same people").format(name=given),
                _cell(comparison.among(row, gap.second, at)),
            ],
            [Cell(_("difference"), mark), _cell(gap.estimate)],
        ]
    st.html(page_tables.table([title, _("mean, 95 % interval, n")], lines, right=[1]))
    spent = comparison.ranked[row].spent
    if spent is not None:
        states.caption(
            _(
                "{asked} questions, {kept} answered before in {before} s; {tokens} tokens in {seconds} s; "
                "cost {cost}."
            ).format(
                asked=f"{spent.asked:,}",
                kept=f"{spent.kept:,}",
                before=f"{spent.before:,.0f}",
                tokens=f"{spent.asked_tokens + spent.said_tokens:,}",
                seconds=f"{spent.seconds:,.0f}",
                cost=f"{spent.cost:.4g}",
            )
        )
    with st.expander(_("What does it go by?"), on_change="rerun", key=f"goes_by_{row}") as opened:
        if opened.open:
            _goes_by(found, comparison, row)


def _goes_by(found: Dataset, comparison: Comparison, row: int) -> None:
    settings = Diagnosing(comparison.experiment, comparison.entries[row].spec)
    states.caption(
        counted(
            "Asked anew for {n} person, with candidates in other orders and with one title that tells "
            "the model to rank it first.",
            "Asked anew for {n} people, with candidates in other orders and with one title that tells "
            "the model to rank it first.",
            PEOPLE,
        )
    )
    made = job_panel.peek(diagnosis, found, settings=settings, key=f"diagnosis_{row}")
    if made is None:
        return
    head = ["", _("one order, titles as they are"), _("as it is used")]
    st.html(page_tables.table(head, _lines(made), right=[1, 2]))
    href = escaped(session.link("methods", term="place-bias"), 4_000)
    st.html(
        f'<p class="ts-said"><a href="{href}" target="_self">{escaped(_("How this is measured"))}</a></p>'
    )


def _lines(made: Diagnosis) -> list[list[str | Cell]]:
    candidates = counted("{n} candidate", "{n} candidates", made.candidates)
    return [
        [
            Cell(_("goes by the place"), _("−1 to 1; 0 = not at all")),
            _cell(made.bias_before),
            _cell(made.bias_after),
        ],
        [
            Cell(_("places that a hostile title gains"), candidates),
            _cell(made.shift_before),
            _cell(made.shift_after),
        ],
        [
            Cell(_("agrees with the order it was given"), _("−1 to 1; 1 = the same order")),
            "",
            _cell(made.agreement),
        ],
    ]


def _gap(comparison: Comparison, row: int) -> Difference | None:
    """The model minus the recommender whose lists it reorders, where that is compared too."""
    recommender = _recommender(comparison, row)
    assert isinstance(recommender, LLMRerank)
    state = session.state()
    at = comparison.column(state.metric, state.k)
    base = next(
        (other for other in comparison.fitted if comparison.entries[other].spec == recommender.of), None
    )
    if base is None:
        return None
    one = next(one for one in comparison.differences(at) if {one.first, one.second} == {row, base})
    return one if one.first == row else one.turned


def _recommender(comparison: Comparison, row: int) -> object:
    return recommender_of(comparison.entries[row].spec)


def _cell(one: Estimate | None) -> Cell:
    if one is None:
        return Cell("–", _("no answer told anything"))
    low, high = (numbers.figure(end, 3) for end in (one.low, one.high))
    span = _("{low} to {high}").format(low=low, high=high)
    return Cell(numbers.figure(one.mean, 3), f"{span} · n = {one.n:,}")
