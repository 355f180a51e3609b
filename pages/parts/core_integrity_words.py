"""Sentences of core about integrity beyond a split; numbers and quotations are {0}, {1}, …"""

from itertools import product

from core.evaluation import ceiling, steadiness

_ENDS = product(("", "-"), repeat=2)

INTEGRITY_SENTENCES = (
    "repeated rows",
    "{0} taken out by cleaning",
    "left in: cleaning was told not to look for them",
    ceiling.NAME,
    "NDCG@{0} is {1} by popularity alone, and no recommender beats it",
    *(
        f"NDCG@{{0}} is {{1}} by popularity alone, and {mean}{{2}} more by this one, {low}{{3}} to {{4}}"
        for mean, low in _ENDS
    ),
    steadiness.NAME,
    "not tried: one split and one seed were",
    "no other split or seed could be tried",
    "{0} tried: nobody who is told apart changes places",
    "change places under another split or seed; {0} were tried",
    "Other splits and seeds",
    "By other definitions",
    "it holds no evidence.",
    "a report of a comparison (.html), or its JSON.",
    "export it again: on Overview, or with compare --out FILE.html.",
    "an evidence file.",
    "choose another.",
    "The files say what is held out, so there is no other split.",
    "one log that is split here.",
    "choose a split on Data, or load the log as a whole.",
)
