"""The form for one recommender: made from its settings' bounds and descriptions."""

from typing import Any

import streamlit as st

from core.recommenders.base import RECOMMENDERS, recommender_of
from core.recommenders.options import Option, options_of
from core.work import specs
from core.work.errors import BadInput
from pages.parts import palette, session, states
from pages.parts.text import markdown, plain
from pages.parts.words import _


def add_recommender() -> None:
    """Opens the form for one more recommender."""
    _dialog(_("Add a recommender"))("")


def change_recommender(spec: str) -> None:
    """Opens the form for a recommender of the selection."""
    _dialog(markdown(recommender_of(spec).label))(spec)


def _dialog(title: str) -> Any:
    return st.dialog(title, width="medium")(_form)


def _form(spec: str) -> None:
    known = RECOMMENDERS.all()
    name, given = specs.parse(spec) if spec else ("", {})
    if not spec:
        name = st.selectbox(
            _("Recommender"), list(known), key="form_name", format_func=lambda one: plain(known[one].label)
        )
    chosen = known[name]
    st.caption(markdown(_((chosen.__doc__ or "").strip().split("\n")[0])))
    with st.form(f"settings_{name}", border=False):
        values = {option.name: _widget(name, option, given) for option in options_of(chosen)}
        if not values:
            states.caption(_("It has no settings."))
        use = st.form_submit_button(
            _("Use these settings") if spec else _("Add"), type="primary", key="form_use"
        )
    if spec and st.button(_("Remove from the comparison"), key="form_remove", type="tertiary"):
        replace(spec, None)
        st.rerun()
    if use:
        changed = {
            option.name: values[option.name]
            for option in options_of(chosen)
            if values[option.name] != option.default
        }
        try:
            replace(spec, specs.write(name, changed))
        except BadInput as error:
            states.bad_input(error)
            return
        st.rerun()


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


def _widget(name: str, option: Option, given: dict[str, Any]) -> Any:
    value = given.get(option.name, option.default)
    label, key = markdown(option.name.replace("_", " ")), f"set_{name}_{option.name}"
    about: dict[str, Any] = {
        "key": key,
        "help": f"{markdown(_(option.description))}. {markdown(option.bounds)}",
    }
    if option.kind == "choice":
        return st.selectbox(label, option.choices, index=option.choices.index(str(value)), **about)
    if option.kind == "flag":
        return st.toggle(label, value=bool(value), **about)
    if option.kind == "text":
        return st.text_input(label, value=str(value), **about)
    if option.kind == "whole":
        low, high = (None if bound is None else int(bound) for bound in (option.low, option.high))
        return st.number_input(label, min_value=low, max_value=high, value=int(value), step=1, **about)
    step = 10.0 if option.log else 0.1
    return st.number_input(
        label,
        min_value=option.low,
        max_value=option.high,
        value=float(value),
        step=step,
        format="%g",
        **about,
    )
