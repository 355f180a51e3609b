"""Sentences of core about integrity beyond a split; numbers and quotations are {0}, {1}, …"""

from core.evaluation import ceiling, steadiness

INTEGRITY_SENTENCES = (
    "repeated rows",
    "{0} taken out by cleaning",
    "left in: cleaning was told not to look for them",
    ceiling.NAME,
    "NDCG@{0} is {1} by popularity alone, and no recommender beats it",
    "NDCG@{0} is {1} by popularity alone, and {2} more by this one, {3} to {4}, told apart",
    "NDCG@{0} is {1} by popularity alone, and {2} more by this one, {3} to {4}, tied",
    "NDCG@{0} is {1} by popularity alone, and {2} more by this one, -{3} to {4}, tied",
    steadiness.NAME,
    "not tried: one split and one seed were",
    "no other split or seed could be tried",
    "{0} tried: nobody who is told apart changes places",
    "{0} tried: nobody is told apart here, so there is no order",
    "Files say what is ranked for whom, and they were made for this split.",
    "recommenders that rank all items.",
    "compare without candidates, and with recommenders beside ready-made lists.",
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
