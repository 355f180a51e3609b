"""Terms of Methods about reasons, and about how different lists are."""

from pages.parts.terms import Term
from pages.parts.words import N_

REASONS = (
    Term(
        "rbo",
        N_("Rank-biased overlap (RBO)"),
        N_(
            "How far two ranked lists agree, with more weight at the top: X with index d is how many items "
            "both have in their first d places, k is the cut-off. p is 0.9, so the first ten places carry 86 "
            "% of the weight. What lies beyond the cut-off is extrapolated from what was seen; lists of "
            "uneven length are taken by equation 32. 1 is the same list, 0 has nothing in common. The mean "
            "over people is shown with its 95 % interval; an item outside the catalogue agrees with none."
        ),
        formula=r"\frac{X_k}{k} p^k + \frac{1 - p}{p} \sum_{d=1}^{k} \frac{X_d}{d} p^d",
        source="Webber, Moffat & Zobel 2010, A Similarity Measure for Indefinite Rankings, eq. 23 and 32",
    ),
    Term(
        "jaccard",
        N_("Jaccard of lists"),
        N_(
            "Items that both lists hold in their first k places over items that either holds, as a mean over "
            "people; the order within the lists does not matter."
        ),
        formula=r"\frac{|A_k \cap B_k|}{|A_k \cup B_k|}",
    ),
    Term(
        "reason",
        N_("The model's own reason"),
        N_(
            "Where a score is a sum, its parts are the reason, and they add up to it: what each item of the "
            "history adds (EASE, SLIM, neighbours), the similarities of the people who liked the item "
            "(UserKNN), the words that items share (TF-IDF), or how many people liked it (Popularity)."
        ),
    ),
    Term(
        "estimated-reason",
        N_("Estimated by leaving items out"),
        N_(
            "A reason after the fact, for models whose score is no sum: the history is scored again without "
            "each of its items, and the weight of an item is how far the score falls without it. Items that "
            "work only together share their weight badly, so the weights need not add up to the score; how "
            "well they hold is measured (fidelity). Of a long history the latest 200 items are tried."
        ),
    ),
    Term(
        "fidelity",
        N_("Fidelity of reasons"),
        N_(
            "Whether reasons name what the model goes by. For up to 100 people, drawn by a hash of their id, "
            "and the first three items of each list: the items that a reason names first (three, at most "
            "half of the history) are taken out of the history, and the places are counted that the "
            "recommended item falls among all items that may be shown; then the same with as many other "
            "items of the history, drawn five times. The difference is paired by person; 95 % bootstrap "
            "interval over people."
        ),
        source="DeYoung et al. 2020, ERASER, §4.1 (comprehensiveness), on ranks",
    ),
    Term(
        "what-if",
        N_("What if"),
        N_(
            "The recommender as it was learnt is given another history: items that are taken out are as if "
            "they had never been taken, items that are put in are the latest. What is in the history is not "
            "recommended again unless the comparison allows it; what is taken out may come back. Training is "
            "not repeated, so what others did is as it was."
        ),
    ),
)
