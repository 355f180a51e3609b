"""Terms of Methods about two recommenders beside each other, and about figures of other tools."""

from pages.parts.terms import Term
from pages.parts.words import N_

PAIRS = (
    Term(
        "effect",
        N_("Effect (d)"),
        N_(
            "How large a paired difference is beside how much people differ in it: its mean over its "
            "standard deviation. Below 0.2 it is called negligible, below 0.5 small, below 0.8 medium. It "
            "does not grow with the number of people, unlike how sure one is."
        ),
        formula=r"d = \frac{\overline{\Delta}}{s_\Delta}",
        source="Lakens 2013, Calculating and reporting effect sizes, eq. 6; Cohen 1988, §2.2.4",
    ),
    Term(
        "detectable",
        N_("Detectable difference"),
        N_(
            "The smallest true difference that so many people would tell apart four times in five, after "
            "correction for the number of pairs. A tie says that the difference is probably below it, not "
            "that there is none."
        ),
        formula=r"(z_{1 - 0.025/m} + z_{0.8}) \cdot \mathrm{SE}",
        source="Cohen 1988, Statistical power analysis, ch. 2; m: the pairs compared",
    ),
    Term(
        "place",
        N_("Place"),
        N_(
            "The place of a recommender among all by a metric, and between which places 95 % of the draws of "
            "people put it. Where these overlap, the order may turn round with other people."
        ),
        source="Goldstein & Spiegelhalter 1996, League tables and their limitations, §3",
    ),
    Term(
        "repeats",
        N_("Other splits and seeds"),
        N_(
            "The comparison again with two other seeds and on up to four splits, everything fit anew. Two "
            "recommenders change places where one is told apart from the other here and the other way round "
            "there."
        ),
    ),
    Term(
        "definitions",
        N_("Definitions of other tools"),
        N_(
            "The same lists by the defaults of RecTools, RecBole and LensKit: who divides by what, and how "
            "places are weighed. Read in their code, and checked against values that they computed."
        ),
        source="RecTools 0.19.0, RecBole 1.2.1, LensKit 2025.8.1",
    ),
)
