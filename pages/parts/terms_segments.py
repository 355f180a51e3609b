"""Terms of Methods about segments of people and groups of items."""

from pages.parts.terms import Term
from pages.parts.words import N_

SEGMENTS = (
    Term(
        "division",
        N_("How people are divided"),
        N_(
            "By the values of a column, or by quarters of the people where it holds numbers or days; by how "
            "many items their history holds, in thirds; new people, first seen in the last quarter of the "
            "time that the data covers, and old ones; by cluster of the user map; or those of a selection "
            "or saved segment, and all others. Values of fewer than 5 people, and the smallest beyond 12, "
            "are taken together. Personal columns make groups of 5 people or more, and no group of theirs "
            "leads to its people."
        ),
    ),
    Term(
        "segment-gap",
        N_("Gap between segments"),
        N_(
            "The mean of a recommender's best segment minus that of its worst. Both are chosen by the data, "
            "so every pair of segments of every recommender is tested at once: people change places between "
            "segments 2,000 times, and p is the share of these in which the largest T of all pairs reaches "
            "that of the pair. n people of a segment have variance s², everyone has S². Where no segment "
            "differs, at most 5 % of comparisons tell any pair apart. The interval is the difference ± the "
            "95 % quantile of the largest T times its error."
        ),
        formula=r"T = \frac{|m_a - m_b|}{\sqrt{v_a / n_a + v_b / n_b}}, \quad "
        r"v = \max\left(s^2, \frac{(n - 1) s^2 + 5 S^2}{n - 1 + 5}\right)",
        source="Westfall & Young 1993, Resampling-based multiple testing, §2.3; Chung & Romano 2013; "
        "Tusher, Tibshirani & Chu 2001",
    ),
    Term(
        "exposure",
        N_("Exposure"),
        N_(
            "Share of places in lists that a group of items gets, the first place worth most. Every person's "
            "list is worth 1; an item of several categories is in each in equal parts. Beside it stand the "
            "shares of what people took later (held out) and before (their history), each person worth 1."
        ),
        formula=r"\frac{\sum_{r \le k} [l_r \in G] / \log_2(r + 1)}{\sum_{r \le k} 1 / \log_2(r + 1)}",
        source="Singh & Joachims 2018, Fairness of exposure in rankings, §3.1",
    ),
    Term(
        "item-groups",
        N_("Head, tail and new"),
        N_(
            "Head: the items that most people took in training, at most a fifth of those taken; tail: the "
            "others that somebody took, also those equal to one another at the edge; new: those that nobody "
            "in training took. How well a group is found is the metric as if only its items had been held "
            "out, over people who took one of them later; recall in place of a metric that counts no hits."
        ),
        source="Abdollahpouri et al. 2019, The unfairness of popularity bias in recommendation, §3",
    ),
)
