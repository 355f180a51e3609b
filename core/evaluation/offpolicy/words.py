"""Why an estimate is amber or refused, in words. Pages know these sentences with other numbers too."""

import math

from core.evaluation.offpolicy.asked import WHY_NOT, Clicks, Figure
from core.evaluation.offpolicy.gate import GREEN, REFUSE

LACKS = {
    "prefix": "The log has no prefix_propensity: the chance of what stood above is not known.",
    "slate": "The log has no slate_propensity for pages of this length: a whole page's chance is not known.",
    "independent": "The log does not show that each position is filled by itself: slate_propensity would be"
    " the product of the propensities of a page.",
    "position": "It weighs pages, and says nothing of one position.",
    "one list": "Replay needs a log whose items were drawn evenly, and lists rather than a mix.",
}
NOTHING = "Nothing of these lists had an event where the log showed it: the log can't tell."
PEOPLE = "Fewer than 5 people: nothing is said of them."
MODEL = "The log contradicts the reward model on what these lists show."
BASED = "It rests on a reward model; the interval leaves room for what the log says of its error."
LOG = "A check of the log failed."
FITTED = "The propensities were fitted, not logged."


def reason(figure: Figure) -> str:
    """One sentence; "" where the estimate is green."""
    support, events = figure.support, figure.support.effective_events
    match figure.verdict.code:
        case "few" | "nothing" if not events or figure.verdict.code == "nothing":
            return NOTHING
        case "observed":
            return f"{support.observed:.1f} effective events of these lists themselves, below {REFUSE:.0f}."
        case "few":
            more = f"about {_times(figure.verdict.more)} times as many pages would do."
            exact = f"{events:.1f}" if events >= 0.1 else f"{events:.3f}"
            return f"{exact} of {REFUSE:.0f} effective events: {more}"
        case "some":
            return f"{events:.0f} effective events, below {GREEN:.0f}: the interval is rough."
        case "weights":
            cut = "they are cut, chances in the log are wrong, or it never shows a part of these lists."
            return f"Weights average {support.mean_weight:.2f} instead of 1: {cut}"
        case "one person":
            return f"One person makes {100 * support.most_of_one:.0f} % of the weighted events."
        case "lacks":
            return LACKS[figure.lacks]
        case code:
            return {"people": PEOPLE, "model": MODEL, "based": BASED, "log": LOG, "fitted": FITTED}.get(
                code, ""
            )


def why_not(found: Clicks) -> str:
    """Why nothing could be estimated; "" where something was."""
    return WHY_NOT.get(found.unmeasured, "")


def _times(more: float) -> str:
    """Never less than what is needed."""
    return f"{math.ceil(10 * more) / 10:.1f}" if more < 10 else f"{math.ceil(more):,}"
