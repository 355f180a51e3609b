"""How a comparison uses a data set: what counts, what is held out, who takes part."""

import streamlit as st

from core.data.dataset import Dataset
from core.data.splits import SPLITS, default_split
from pages.parts import frame, session, states
from pages.parts.text import markdown
from pages.parts.words import _

OVERVIEW = "pages/compare/overview.py"
_SPLITS = (
    "by_time(test=0.2)",
    "leave_last(n=1)",
    "leave_last(fraction=0.2)",
    "random(test=0.2)",
    "unseen_users(folds=5,given=0.8)",
    "given",
)


def use_data(found: Dataset) -> None:
    """What is set in one line, the settings behind it, and the way to the comparison."""
    st.subheader(_("Use this data"), anchor=False)
    states.caption(_in_words(found))
    with st.expander(_("Settings"), key="settings"):
        _settings(found)
    if st.button(_("Compare on this data"), key="use_data", type="primary"):
        st.switch_page(OVERVIEW)


def _in_words(found: Dataset) -> str:
    state = session.state()
    split = state.split or default_split(found.origin.split, found.timed, "part" in found.interactions)
    seen = {
        "positive": _("what counted in training is not recommended again"),
        "any": _("nothing seen in training is recommended again"),
        "none": _("items from training may come again"),
    }[state.exclude_seen]
    least = _("people with {user} events and items with {item} or more").format(
        user=state.min_user, item=state.min_item
    )
    least = least if max(state.min_user, state.min_item) > 1 else _("everyone takes part")
    counts = frame.positive_words(state.positive or found.origin.positive or "all", found.origin)
    return _("What counts: {counts} · held out: {split} · {seen} · {least}").format(
        counts=counts, split=frame.split_words(split), seen=seen, least=least
    )


def _settings(found: Dataset) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.selectbox(
            _("What counts as a hit"),
            _options(session.state().positive, _positives(found)),
            format_func=lambda one: markdown(_positive_label(one, found)),
            help=_(
                "What is fit and what counts when it is held out. Other events stay signals for training."
            ),
            **session.bound("positive"),
        )
        st.selectbox(
            _("What is held out"),
            _options(session.state().split, ["", *_splits(found)]),
            format_func=lambda one: markdown(_split_label(one, found)),
            **session.bound("split"),
        )
    with right:
        names = {"positive": _("what counted"), "any": _("everything seen"), "none": _("nothing")}
        st.segmented_control(
            _("Never recommended again"),
            list(names),
            format_func=names.__getitem__,
            **session.bound("exclude_seen"),
        )
        one, other = st.columns(2)
        one.number_input(_("Events a person, at least"), 1, 10_000, step=1, **session.bound("min_user"))
        other.number_input(_("Events an item, at least"), 1, 10_000, step=1, **session.bound("min_item"))


def _options(current: str, usual: list[str]) -> list[str]:
    return usual if current in usual else [*usual, current]


def _positives(found: Dataset) -> list[str]:
    """Usual definitions on this data: its own, everything, each kind, good ratings."""
    rows = found.interactions
    kinds = [str(kind) for kind in rows["kind"].cat.categories]
    some = [f"kind in ({kind})" for kind in kinds if len(kinds) > 1 and kind.isidentifier()][:8]
    rated = rows["value"].notna().any() and "rating" in kinds
    return ["", "all", *some, *(["rating>=4"] if rated else [])]


def _positive_label(one: str, found: Dataset) -> str:
    own = frame.positive_words(found.origin.positive or "all", found.origin)
    return (
        _("The data set's own: {own}").format(own=own) if not one else frame.positive_words(one, found.origin)
    )


def _splits(found: Dataset) -> list[str]:
    timed, ordered, parted = found.timed > 0, "order" in found.interactions, "part" in found.interactions
    fits = {"by_time": timed, "leave_last": timed or ordered, "given": parted}
    return [spec for spec in _SPLITS if fits.get(spec.partition("(")[0], True)]


def _split_label(spec: str, found: Dataset) -> str:
    if not spec:
        own = default_split(found.origin.split, found.timed, "part" in found.interactions)
        return _("The data set's own: {own}").format(
            own=f"{frame.split_words(own)} {own.partition('(')[2].rstrip(')')}".strip()
        )
    name, _bracket, rest = spec.partition("(")
    return f"{_(SPLITS[name].label)} {rest.rstrip(')')}".strip()
