"""The recommenders of the selection: add one, change its settings, take one away.

The form is made from the settings' bounds and descriptions. What was refused stands in the session
as text, and is shown where it was tried.
"""

from typing import Literal

import streamlit as st

from core.evaluation.tuning import Tunings, tune_each
from core.evaluation.tuning_space import space, untuned
from core.recommenders.base import RECOMMENDERS, Recommender, recommender_of
from core.recommenders.demand import Size
from core.recommenders.options import options_of
from core.recommenders.speeds import Speeds
from core.work import specs
from core.work.errors import BadInput
from core.work.jobs import Job
from pages.parts import (
    dialog,
    forecasts,
    job_panel,
    model_bill,
    palette,
    ready_made,
    session,
    setting_widgets,
    states,
    tuning_form,
)
from pages.parts.core_words import paragraphs
from pages.parts.text import markdown
from pages.parts.words import _, said

_REFUSED = "form_refused"
_FILE, _OPEN = "lists from a file", "open_lists"
Action = tuple[str, str, Literal["primary", "secondary"], str, bool]


def add_menu() -> None:
    """The button that lists what can be added: a recommender as it is by default, or lists from a file."""
    known, measured = RECOMMENDERS.all(), forecasts.known()
    full = len(session.state().recommenders) + len(ready_made.lists()) >= palette.MOST
    st.menu_button(
        _("Add"),
        [*(name for name in known if name not in session.state().recommenders), _FILE],
        key="add_recommender",
        icon=":material/add:",
        type="tertiary",
        disabled=full,
        help=_("At most seven in one view: remove one first.")
        if full
        else _("Add a recommender; with its forecast: time and memory on this machine"),
        format_func=lambda name: _("Lists from a file…") if name == _FILE else _named(known[name], measured),
        on_click=_added,
    )
    if st.session_state.pop(_OPEN, False):
        ready_made.open_form()


def _named(cls: type[Recommender], measured: tuple[Size, Speeds] | None) -> str:
    """Its label, with its forecast where that is known."""
    short = forecasts.beside(cls(), measured)
    return markdown(f"{cls.label} · {short}" if short else cls.label)


def _added() -> None:
    name = st.session_state["add_recommender"]
    if name == _FILE:
        st.session_state[_OPEN] = True
    elif name:
        replace("", name)


def open_form(spec: str) -> None:
    """Opens the settings of a recommender of the selection."""
    st.session_state[_REFUSED] = None
    dialog.show(markdown(recommender_of(spec).label), _form, spec, width="medium")


def _form(spec: str) -> None:
    name, given = specs.parse(spec)
    chosen = RECOMMENDERS.get(name)
    st.markdown(markdown(_(paragraphs(chosen)[0]), 600))
    forecasts.show(spec)
    model_bill.show(spec, forecasts.known())
    with st.form(f"settings_{name}", border=False):
        for option in options_of(chosen):
            setting_widgets.widget(f"set_{name}_{option.name}", option, given)
        if not options_of(chosen):
            states.caption(_("It has no settings."))
        with st.container(horizontal=True):
            pressed = [
                st.form_submit_button(text, key=key, type=kind, on_click=_try, args=(old, spec, away))
                for text, key, kind, old, away in _actions(spec, bool(options_of(chosen)))
            ]
    if st.session_state.get(_REFUSED):
        states.bad_input(BadInput(*st.session_state[_REFUSED]))
    elif any(pressed):
        st.rerun()
    _stages(spec)
    if space(recommender_of(untuned(spec))):
        with st.expander(_("Tune these settings"), on_change="rerun", key="tune_one") as part:
            if part.open:
                _tuning(spec)


def _stages(spec: str) -> None:
    """A later stage on this recommender, beside it: what it costs in NDCG then shows."""
    later = {name: cls for name, cls in RECOMMENDERS.all().items() if _reorders(cls)}
    if specs.parse(spec)[0] in later:
        return
    chosen = st.menu_button(
        _("Put a later stage on it"),
        list(later),
        key="add_stage",
        icon=":material/layers:",
        format_func=lambda name: markdown(later[name].label),
        help=_("It reorders the lists of this recommender, and stands beside it in the comparison."),
        on_click=_staged,
        args=(spec,),
    )
    if chosen and not st.session_state.get(_REFUSED):
        st.rerun()


def _reorders(cls: type[Recommender]) -> bool:
    return any(option.kind == "part" for option in options_of(cls))


def _staged(spec: str) -> None:
    name = st.session_state["add_stage"]
    if not name:
        return
    try:
        replace("", specs.write(name, {"of": spec}))
        st.session_state[_REFUSED] = None
    except BadInput as error:
        st.session_state[_REFUSED] = (error.wrong, error.expected, error.do)


def _tuning(spec: str) -> None:
    """Tuning of this recommender alone; what it found can be put in place."""
    found = forecasts.read_already()
    if found is None:
        states.caption(_("The data are still being read."))
        return
    tuning_form.controls("one", (spec,))
    asking = tuning_form.wanted("one", (spec,), found)
    if asking is None:
        return
    job = job_panel.started(tune_each, found, settings=asking)
    every = None if job.finished else job_panel.EVERY
    st.fragment(_tuned, run_every=every)(spec, job)


def _tuned(spec: str, job: Job[Tunings]) -> None:
    """How far it is; at the end what was found, without closing the dialog."""
    if not job_panel.watched(job, "dialog"):
        return
    tuned, failures = job.result()
    for failure in failures:
        states.error(_("It could not be tuned."), said(failure.message))
    tuning_form.show_found(tuned)
    (best, *_more) = tuned
    if best.spec != spec and st.button(
        _("Use the tuned settings"),
        key="tuning_use_one",
        type="primary",
        on_click=_use_tuned,
        args=(spec, best.spec),
    ):
        st.rerun()


def _use_tuned(old: str, best: str) -> None:
    session.change(
        recommenders=tuple(dict.fromkeys(best if one == old else one for one in session.state().recommenders))
    )


def _actions(spec: str, has_settings: bool) -> list[Action]:
    """The buttons of the form: text, key, kind, which spec is replaced ("" = none), whether it goes away."""
    remove: Action = (_("Remove"), "form_remove", "secondary", spec, True)
    use: Action = (_("Use these settings"), "form_use", "primary", spec, False)
    beside: Action = (_("Compare both"), "form_beside", "secondary", "", False)
    return [use, beside, remove] if has_settings else [remove]


def _try(old: str, spec: str, away: bool) -> None:
    name, _given = specs.parse(spec)
    changed = {
        option.name: value
        for option in options_of(RECOMMENDERS.get(name))
        if (value := setting_widgets.value_of(f"set_{name}_{option.name}", option)) != option.default
    }
    try:
        replace(old, None if away else specs.write(name, changed))
        st.session_state[_REFUSED] = None
    except BadInput as error:
        st.session_state[_REFUSED] = (error.wrong, error.expected, error.do)


def replace(old: str, new: str | None) -> None:
    """Puts a spec in the place of another ("" = at the end; None = away). Raises BadInput."""
    before = session.state().recommenders
    kept = [new if spec == old else spec for spec in before] + ([new] if not old else [])
    after = tuple(dict.fromkeys(spec for spec in kept if spec))
    if not after:
        raise BadInput(
            _("This is the last recommender."), _("at least one in a comparison."), _("add another first.")
        )
    if len(after) > palette.MOST:
        raise BadInput(
            _("Seven recommenders are selected already."),
            _("at most seven in one view."),
            _("remove one first."),
        )
    for spec in after:
        recommender_of(spec)
    session.change(recommenders=after)
