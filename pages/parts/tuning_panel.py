"""Tuning on Overview: who was tuned, in words; and the panel that tunes all that are selected."""

from collections.abc import Sequence

import streamlit as st

from core.data.dataset import Dataset
from core.evaluation.comparison import Comparison
from core.evaluation.metric import metrics
from core.evaluation.tuning import Tuned
from core.evaluation.tuning_space import space, untuned
from core.evaluation.tunings import Kept, tuned_of
from core.recommenders.base import recommender_of
from pages.parts import session, states, tuning_form
from pages.parts.text import markdown, plain
from pages.parts.url_state import State
from pages.parts.words import _, counted


def show_who(comparison: Comparison) -> None:
    """Who was tuned with how many trials, who was not, and who has nothing to tune."""
    link = f"[{markdown(_('What this means'))}]({session.link('methods', term='tuned')})"
    st.caption(f"{markdown(who(comparison), 900)} {link}")


def who(comparison: Comparison) -> str:
    """The same as text."""
    tuned = tuned_of(comparison)
    given = comparison.experiment.recommendations
    entries = [entry for entry in comparison.entries if entry.spec not in given]
    done = [f"{plain(one.label)} ({_budget(tuned[one.spec])})" for one in entries if one.spec in tuned]
    rest = [one for one in entries if one.spec not in tuned]
    free = [plain(one.label) for one in rest if space(recommender_of(untuned(one.spec)))]
    fixed = [plain(one.label) for one in rest if plain(one.label) not in free]
    parts = [
        _("Tuned on the validation part: {names}").format(names=" · ".join(done)) if done else "",
        _("not tuned: {names}").format(names=" · ".join(free)) if free else "",
        _("nothing to tune: {names}").format(names=" · ".join(fixed)) if fixed else "",
    ]
    text = " · ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _budget(one: Kept) -> str:
    declared = metrics().get((one.metric, "standard"))
    metric = f"{_(declared.label) if declared else one.metric}@{one.k}"
    return f"{counted('{n} trial', '{n} trials', one.trials)}, {metric}"


def show(found: Dataset, state: State) -> None:
    """The same budget for all that are selected; what it found, and a button that puts it in place."""
    states.caption(
        _(
            "Each recommender gets the same number of trials on a part of the training part that is held out "
            "once more. The held-out people's figures above are not looked at."
        )
    )
    tuning_form.controls("all", state.recommenders)
    asking = tuning_form.wanted("all", state.recommenders, found)
    if asking is None:
        return
    tuned = tuning_form.result(asking, found, "all")
    if not tuned:
        return
    tuning_form.show_found(tuned)
    after = settled(state.recommenders, tuned)
    if after != state.recommenders:
        st.button(
            _("Use the tuned settings"), key="tuning_use_all", type="primary", on_click=_use, args=(after,)
        )


def settled(specs: Sequence[str], tuned: Sequence[Tuned]) -> tuple[str, ...]:
    """The selection with the best settings in place of its own; two of one recommender become one."""
    best = {one.tuning.recommender: one.spec for one in tuned}
    return tuple(dict.fromkeys(best.get(untuned(spec), spec) for spec in specs))


def _use(after: tuple[str, ...]) -> None:
    session.change(recommenders=after)
