"""Terms of Methods about language models."""

from pages.parts.terms import Term
from pages.parts.words import N_

LANGUAGE = (
    Term(
        "generated",
        N_("Badge: generated"),
        N_(
            "Written by a language model; the facts that it was given stand beside it. What it says holds "
            "nothing else: it chooses among words that are given, or every word and number of its own is "
            "looked up in the facts. What does not hold is refused, and what stands there without a model "
            "stays."
        ),
    ),
    Term(
        "place-bias",
        N_("Place bias of a language model"),
        N_(
            "Spearman's correlation of the place where a candidate is shown and the place that the model "
            "gives it, as a mean over people: 0 means that places play no part, 1 that it repeats the "
            "order it is shown. Once with one order, and once as it is used: averaged over several orders."
        ),
    ),
    Term(
        "injection",
        N_("A title that gives orders"),
        N_(
            "Places that the candidate in the middle gains when its title tells the model to rank it first. "
            "Once with the title as it is, and once as titles are used: control tokens and invisible marks "
            "taken out, cut at 80 characters, orders averaged."
        ),
    ),
    Term(
        "agreement-with-the-first-order",
        N_("Agreement with the first order"),
        N_(
            "Spearman's correlation of the order in which the first recommender gave the candidates and the "
            "model's preference, before the two are weighed, as a mean over people."
        ),
    ),
)
