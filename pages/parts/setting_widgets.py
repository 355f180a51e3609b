"""A setting of a recommender as a widget: made from its kind, bounds and description."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.recommenders.base import RECOMMENDERS
from core.recommenders.options import Option
from core.recommenders.parts import specs_in
from pages.parts.text import markdown, plain
from pages.parts.words import _


def value_of(key: str, option: Option) -> Any:
    """What a setting's widget holds, as a recommender takes it."""
    value = st.session_state[key]
    if option.kind == "parts":
        return "+".join(value)
    return value or "" if option.kind in ("part", "open") else value


def widget(key: str, option: Option, given: Mapping[str, Any]) -> None:
    """Shows a setting under a key of the session, as it is given or by default."""
    value = given.get(option.name, option.default)
    label = markdown(option.name.replace("_", " "))
    about: dict[str, Any] = {
        "key": key,
        "help": f"{markdown(_(option.description))}. {markdown(option.bounds)}",
    }
    if option.kind == "choice":
        st.selectbox(label, option.choices, index=option.choices.index(str(value)), **about)
    elif option.kind == "flag":
        st.toggle(label, value=bool(value), **about)
    elif option.kind == "text":
        st.text_input(label, value=str(value), **about)
    elif option.kind == "open":
        offered = list(dict.fromkeys([str(value), *option.choices]))
        st.selectbox(label, offered, index=0, accept_new_options=True, **about)
    elif option.kind in ("part", "parts"):
        _recommenders(label, option, specs_in(str(value)), about)
    else:
        _number(label, option, value, about)


def _recommenders(label: str, option: Option, chosen: list[str], about: dict[str, Any]) -> None:
    """Recommenders by name, or by a spec that somebody writes."""
    known = list(dict.fromkeys([*chosen, *RECOMMENDERS.all()]))
    labels = {spec: _label(spec) for spec in known}
    about["format_func"] = lambda spec: labels.get(spec, spec)
    if option.kind == "part":
        st.selectbox(label, known, index=0, accept_new_options=True, **about)
    else:
        st.multiselect(label, known, default=chosen, accept_new_options=True, **about)


def _label(spec: str) -> str:
    name, bracket, settings = spec.partition("(")
    found = RECOMMENDERS.all().get(name)
    return plain(f"{found.label}{bracket}{settings}" if found else spec, 80)


def _number(label: str, option: Option, value: Any, about: dict[str, Any]) -> None:
    if option.kind == "whole":
        least, most = (None if bound is None else int(bound) for bound in (option.low, option.high))
        st.number_input(label, min_value=least, max_value=most, value=int(value), step=1, **about)
        return
    low, high = (None if bound is None else float(bound) for bound in (option.low, option.high))
    step = 10.0 if option.log else 0.1
    st.number_input(label, min_value=low, max_value=high, value=float(value), step=step, format="%g", **about)
