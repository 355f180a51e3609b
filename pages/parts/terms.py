"""Terms of Methods that are no registered thing: how to read the figures."""

from dataclasses import dataclass

from pages.parts.words import N_


@dataclass(frozen=True)
class Term:
    """A term: under which name a link finds it, what it means, its formula (LaTeX) and its source."""

    name: str
    title: str
    meaning: str
    formula: str = ""
    source: str = ""


TERMS = (
    Term(
        "positive",
        N_("Positives"),
        N_(
            "Which interactions are learnt from and count as hits. By default every interaction, "
            "whatever its rating; a data set may say otherwise (the shop: purchases), and an "
            "expression such as rating>=4 or kind in (cart, purchase) says it for one comparison."
        ),
    ),
    Term(
        "interval",
        N_("Intervals"),
        N_(
            "95 % percentile bootstrap: 2,000 times, as many people are drawn with replacement as "
            "there are, and the mean is taken again. The same draws serve all recommenders, so "
            "differences are paired."
        ),
        source="Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13",
    ),
    Term(
        "tied",
        N_("Tied"),
        N_(
            "Two recommenders are tied when their paired difference is not told apart from zero at 5 "
            "%, after Holm's correction over all pairs of the comparison."
        ),
        source="Holm 1979, A simple sequentially rejective multiple test procedure",
    ),
    Term(
        "symbols",
        N_("Symbols"),
        N_(
            "L is a person's list, cut at k places; l with index r is the item at place r; T are the "
            "held-out items of the person. A metric is computed for each person, and the mean over "
            "people is shown."
        ),
    ),
    Term(
        "n",
        N_("n"),
        N_(
            "The number of people with at least one held-out item. Somebody without a list scores 0; "
            "people whom training does not know are left out and counted under Can I believe it."
        ),
    ),
    Term(
        "held-out",
        N_("Badge: held-out"),
        N_(
            "Measured on interactions that were kept from training. It says how well lists foresee "
            "what people did on their own, not what they would do if they saw the lists."
        ),
    ),
    Term(
        "logged",
        N_("Badge: logged"),
        N_(
            "Counted in a log of what was shown: the rate of the policy that was live then. It says "
            "nothing of any other recommender."
        ),
    ),
    Term(
        "ctr",
        N_("Clicks (CTR)"),
        N_(
            "Clicks per impression. An impression is one item shown to one person at one position; "
            "the interval draws people with all their impressions."
        ),
        formula=r"\frac{\text{clicks}}{\text{impressions}}",
        source="Owen 2007, The pigeonhole bootstrap, §2",
    ),
    Term(
        "ctcvr",
        N_("Sales (CTCVR)"),
        N_("Purchases per impression: an item was shown, clicked and bought."),
        formula=r"\frac{\text{purchases}}{\text{impressions}}",
    ),
    Term(
        "cvr",
        N_("Conversion (CVR)"),
        N_(
            "Purchases per click. It is high where few but decided people click, so read it beside CTCVR. "
            "Below 15 effective purchases of the lists themselves it is refused."
        ),
        formula=r"\frac{\text{purchases}}{\text{clicks}}",
    ),
    Term(
        "not-measurable",
        N_("Not measurable"),
        N_(
            "Held-out hits are no clicks: nobody saw those lists. Clicks and sales of a recommender "
            "that was not live need a log with what was shown, at which position, with which "
            "probability (propensity), and whether it was clicked and bought. Without such a log the "
            "table says so instead of giving a number. A log without a single click, or purchase, "
            "can't tell whether these were logged: it has no such rate, rather than one of 0."
        ),
    ),
    Term(
        "cost",
        N_("Cost"),
        N_(
            "Seconds for fitting once and making 1,000 lists, measured on this server while the "
            "comparison ran."
        ),
    ),
    Term(
        "tuned",
        N_("Tuned settings"),
        N_(
            "Settings that were chosen by trying many. The training part is divided once more by the same "
            "rule; each trial is fit on the larger piece and judged on the other, the validation part, by "
            "one metric. The test part is not looked at, so the figures on it stay honest. Every "
            "recommender gets the same number of trials, the first with its default settings; further "
            "ones are chosen by what was learnt (TPE) or at random. With few settings to try, all are "
            "tried. A recommender with default settings beside tuned ones is at a disadvantage: who was "
            "tuned is said under the figures."
        ),
        source="Bergstra et al. 2011, Algorithms for Hyper-Parameter Optimization, §4; Ferrari Dacrema et "
        "al. 2019, Are We Really Making Much Progress?",
    ),
    Term(
        "forecast",
        N_("Forecast"),
        N_(
            "What fitting a recommender and making everyone's lists will take, said before it starts: "
            "the operations that it needs on data of this size, over the speed of this machine, which "
            "is measured once; and its memory at the peak, beside the data. It is rough, a guide to "
            "what takes seconds and what takes minutes. Beyond the limits of the installation it is "
            "refused, with what would be allowed."
        ),
    ),
    Term(
        "newcomers",
        N_("Held-out newcomers"),
        N_(
            "A fifth of the people is held out wholly, chosen by a hash of their id: nothing that they did "
            "is learnt from. Each strategy is told what it reads of them: nothing (popularity), their "
            "registration details, their first likes, or their first search before what is judged. All are "
            "judged on the same items, those liked after the largest number of likes that is told; the "
            "earlier ones stand in no list, so nobody wins or loses by them. A sentence is searched as it is "
            "by meaning, and beside that as it was understood. All together fuses details, "
            "the likes as the first recommender reads them, and the sentence, by reciprocal ranks."
        ),
        source="Cormack, Clarke & Büttcher 2009, Reciprocal rank fusion",
    ),
    Term(
        "wishes",
        N_("A sentence, understood"),
        N_(
            "Which words and pairs of words of the catalogue a sentence names, and whether it wishes for "
            "them or refuses them. Rules read it: what stands behind not, without, no and their like is "
            "refused, up to the end of the clause. A language model at an address reads it in their place, "
            "under a schema that knows these words only; the embedded one does not, since it reads worse. "
            "The score of an item is the cosine of the wishes and what the item says by BERT, and up to "
            "0.25 more: times the share of the wished words that it says. What says a refused word, and "
            "does not only deny it, stands behind all that says none."
        ),
    ),
    Term(
        "new-items",
        N_("Held-out new items"),
        N_(
            "A fifth of the items that anybody took is held out, chosen by a hash of their id, with "
            "everything that was done with them. Only these are ranked, for each person who took some of "
            "them and some of the others: by how near what they say or show is to the mean of what the "
            "person took. An encoder reads the texts of new items too, as it can when they arrive, but not "
            "who took or rated them. Random is the order by chance."
        ),
    ),
    Term(
        "ties-in-lists",
        N_("Equal scores"),
        N_(
            "Items with equal scores are ordered by a hash of seed, person and item, so the order of "
            "rows in a file never matters and a constant score ranks like chance."
        ),
    ),
    Term(
        "seen",
        N_("Seen items"),
        N_(
            "What was positive in training is not recommended again to the same person. Held-out "
            "pairs that repeat a training pair are dropped and counted."
        ),
    ),
    Term(
        "cosine",
        N_("Cosine"),
        N_(
            "How alike two items are to an encoder: 1 where their vectors look the same way, 0 where they "
            "have nothing in common. Cosines of different encoders don't compare."
        ),
        formula=r"\frac{a \cdot b}{\lVert a \rVert \, \lVert b \rVert}",
    ),
    Term(
        "agreement",
        N_("Agreement of encoders"),
        N_(
            "Share of an item's 10 nearest that two encoders have in common, as a mean over the items that "
            "both can read."
        ),
        formula=r"\frac{|A_{10} \cap B_{10}|}{\max(|A_{10}|, |B_{10}|)}",
    ),
    Term(
        "mood",
        N_("Favourable reviews"),
        N_(
            "Model-based: English reviews are read by a lexicon (VADER) or, where it is right more often, by "
            "a classifier that learns from this data's own stars; other languages by the classifier. It is "
            "measured on reviews of people whose reviews it has not seen."
        ),
        source="Hutto & Gilbert 2014, VADER",
    ),
)
