"""What core says of clicks and sales: reasons, checks of the log, assumptions; see core_words.py."""

from collections.abc import Iterator

from core.data.impressions import UNKNOWN
from core.evaluation.offpolicy.asked import WHY_NOT
from core.evaluation.offpolicy.log import SEVERAL, TWICE
from core.evaluation.offpolicy.projection import Assumptions
from core.evaluation.offpolicy.words import BASED, FITTED, LACKS, LOG, MODEL, NOTHING, PEOPLE

CLICK_SENTENCES = (
    "{0} of {1} effective events: about {2} times as many pages would do.",
    "{0} effective events, below {1}: the interval is rough.",
    "{0} effective events of these lists themselves, below {1}.",
    (
        "Weights average {0} instead of {1}: they are cut, chances in the log are wrong, or it never shows a"
        " part of these lists."
    ),
    "One person makes {0} % of the weighted events.",
    "log complete",
    "{0} impressions, each on its own",
    "{0} of {1} pages of {2} items have a gap",
    "{0} of {1} pages of {2} to {3} items have a gap",
    "propensities",
    "all are multiples of {0}: they look rounded, and weights are their inverse",
    "inverse chances add up to {0} items, where a person saw {1} and there are {2}",
    "inverse chances add up to the items that can be shown; the least is {0}",
    "inverse chances add up to the items that can be shown; the least is {0}e-{1}",
    "people by policy",
    "no shares are configured",
    "configured {0}%, {1}% (p = {2})",
    "configured {0}%, {1}%, {2}% (p = {3})",
    "configured {0}%, {1}%, {2}%, {3}% (p = {4})",
    "people in two policies",
    "{0} of {1} people",
    "duplicate exposures",
    "{0} items stand twice on a page; {1} pages with two items at one position left out",
    "purchases without a click",
    "{0} of {1} purchases follow no click",
    "clicks of one person",
    "clicks without an impression",
    "{0} of {1} clicks",
    "the busiest person made {0}% of {1} clicks",
    "clicks and sales",
    "pages before the split's moment",
    "pages before what is held out",
    "pages without propensities",
    "pages without a time",
    TWICE,
    SEVERAL,
    UNKNOWN,
    "people of a page",
    "clicks known",
    f"{{0}} {SEVERAL} left out",
    f"{{0}} {UNKNOWN} left out",
    "prices",
    "{0} of {1} purchases have no price: no revenue is estimated",
    "propensities come true",
    "items were shown again {0} times, where propensities say {1}",
    "pages of people without a list",
    "pages of the policy itself, or of one that shows other items",
    "positions",
    "It has no list for anybody in the log.",
    "pages younger than {0} days",
    "chosen by person",
    "nobody saw two pages: it can't be told",
    "a person sees an item again {0} times as often as if pages were chosen for nobody",
    "chosen by time",
    "the log has no times: it can't be told",
    "{0}% of what is shown changes between the first and the second half (p = {1})",
    "{0}% of what is shown changes between the first and the second half (p = {1}e-{2})",
    "{0} is no number of days.",
    "choose one.",
    "Reading the log",
    "Resampling people",
)


def click_words() -> Iterator[str]:
    """Every text on clicks and sales that core has."""
    yield from CLICK_SENTENCES
    yield from (*LACKS.values(), NOTHING, PEOPLE, MODEL, BASED, LOG, FITTED, *WHY_NOT.values())
    yield from (str(field.description) for field in Assumptions.model_fields.values())
