"""What was live beside what lists would get: these have to beat that too."""

from core.data.dataset import Dataset
from core.evaluation.offpolicy.asked import Clicks
from pages.parts import clicks_words, data
from pages.parts.overview_figures import policy_words
from pages.parts.text import plain
from pages.parts.url_state import State
from pages.parts.words import _, ended


def beside(found: Dataset, got: Clicks, rate: str, estimator: str, state: State) -> str:
    """What the policy that served most people got of a rate, and whether any of these lists is beyond it."""
    logged = [one for one in data.rates(found) if one.metric == rate]
    most = max(logged, key=lambda one: one.of, default=None)
    if most is None:
        return ""
    live = most.estimate
    what = _("What was live ({policy}) got {value} over the whole log").format(
        policy=policy_words(most.policy), value=clicks_words.with_ends(rate, live)
    )
    order = [one for one in clicks_words.best_first(got, rate, estimator) if clicks_words.usable(one)]
    if not order or state.segment:
        return ended(what)
    best = order[0].estimate
    if max(one.estimate.high for one in order) < live.low:
        return _("{live}: more than any of these lists would.").format(live=what)
    if best.low > live.high:
        return _("{live}: less than {name} would.").format(
            live=what, name=plain(got.who[order[0].who].label, 60)
        )
    return _("{live}: not told apart from the best of these lists.").format(live=what)
