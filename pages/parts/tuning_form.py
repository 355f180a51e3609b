"""Tuning on pages: what is asked for, its progress, and what was found; for one recommender or for all."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.metric import metrics
from core.evaluation.tuning import MOST_TRIALS, Asked, Tuned, Tuning, asked, tune_each, tuning_of
from core.evaluation.tuning_space import untuned
from core.recommenders.base import recommender_of
from pages.parts import data, job_panel, session, states
from pages.parts.metric_names import metric_at
from pages.parts.text import plain
from pages.parts.words import _, counted, said

DEFAULT_TRIALS = 30
_ASKED = "tuning_asked"  # in the session, as JSON: where, data, specs, trials, sampler


def controls(where: str, specs: Sequence[str]) -> None:
    """How many trials, chosen how, and the button that starts."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.number_input(
            _("Trials for each"),
            1,
            MOST_TRIALS,
            DEFAULT_TRIALS,
            key=f"tuning_trials_{where}",
            width=140,
            help=_("Settings that are tried for each recommender; the first are the default ones."),
        )
        samplers = {"tpe": _("by what was learnt (TPE)"), "random": _("at random")}
        st.selectbox(
            _("Settings are chosen"),
            list(samplers),
            format_func=samplers.__getitem__,
            key=f"tuning_sampler_{where}",
            width=220,
        )
        st.button(
            _("Tune"),
            key=f"tuning_start_{where}",
            on_click=_start,
            args=(where, json.dumps(list(dict.fromkeys(map(untuned, specs))))),
        )


def _start(where: str, specs: str) -> None:
    st.session_state[_ASKED] = json.dumps(
        {
            "where": where,
            "data": session.state().data,
            "specs": json.loads(specs),
            "trials": int(st.session_state[f"tuning_trials_{where}"]),
            "sampler": st.session_state[f"tuning_sampler_{where}"],
            "metric": _decides(),
            "k": session.state().k,
        }
    )


def wanted(where: str, specs: Sequence[str], found: Dataset) -> tuple[Asked, ...] | None:
    """What was asked for here and still fits the selection; None where nothing was."""
    given: dict[str, Any] = json.loads(st.session_state.get(_ASKED, "{}"))
    here = {"where": where, "data": session.state().data, "specs": list(dict.fromkeys(map(untuned, specs)))}
    if {name: given.get(name) for name in here} != here:
        return None
    experiment = data.experiment(found)
    budget = {name: given[name] for name in ("trials", "sampler", "metric", "k")}
    return tuple(asked(experiment, found, _tuning(spec, budget)) for spec in given["specs"])


def _tuning(spec: str, budget: dict[str, Any]) -> Tuning:
    return tuning_of(recommender=spec, **budget)


def _decides() -> str:
    """The metric of the verdict where it is of hits in lists, else NDCG."""
    chosen = session.state().metric
    return chosen if metrics()[chosen, "standard"].decides else "ndcg"


def show_found(found: Sequence[Tuned]) -> None:
    """Default against best on the validation part, with n and the budget."""
    if not found:
        return
    metric = metric_at(found[0].tuning.metric, found[0].tuning.k)
    rows = [
        {
            _("recommender"): plain(recommender_of(one.spec).label),
            _("default"): one.default_value,
            _("best"): one.value,
            _("its settings"): plain(one.spec.partition("(")[2].rstrip(")")) or _("the default"),
            _("trials"): len(one.history) if one.combinations > 1 else 0,
            _("of which failed"): one.failed,
            "n": one.people,
        }
        for one in found
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        width="stretch",
        key="tuned_table",
        alt=_("{metric} of default and best settings on the validation part, with trials and n").format(
            metric=metric
        ),
        column_config={
            name: st.column_config.NumberColumn(format="%.4f") for name in (_("default"), _("best"))
        },
    )
    states.caption(notes(found, metric))


def notes(found: Sequence[Tuned], metric: str) -> str:
    """What the figures are of, and who had less to try than the budget allowed."""
    people = counted("n = {n} person", "n = {n} people", found[0].people)
    text = _(
        "{metric} on the validation part, a part of the training part held out once more ({people}); the "
        "test part was not looked at."
    ).format(metric=metric, people=people)
    few = [one for one in found if 1 < one.combinations <= one.tuning.trials]
    none = [one for one in found if one.combinations <= 1]
    more = [
        *(
            _("{name} has only {n} settings to try.").format(name=_label(one), n=len(one.history))
            for one in few
        ),
        *(_("{name} has no settings to tune.").format(name=_label(one)) for one in none),
    ]
    return " ".join([text, *more])


def _label(one: Tuned) -> str:
    return plain(recommender_of(one.spec).label)


def result(asking: tuple[Asked, ...], found: Dataset, where: str) -> tuple[Tuned, ...] | None:
    """What was found, once it is there; failures by name. Progress and cancel until then."""
    made = job_panel.peek(tune_each, found, settings=asking, key=f"tuning_{where}")
    if made is None:
        return None
    tuned, failures = made
    for failure in failures:
        name = plain(recommender_of(failure.spec).label)
        states.error(_("{name} could not be tuned.").format(name=name), said(failure.message))
    return tuned
