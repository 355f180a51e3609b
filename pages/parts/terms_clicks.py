"""Terms of Methods about clicks and sales of lists that were never shown."""

from pages.parts.terms import Term
from pages.parts.words import N_

CLICKS = (
    Term(
        "off-policy",
        N_("Off-policy estimates"),
        N_(
            "What lists would have got that nobody was shown. A log that chooses with chance shows, now "
            "and then, what another recommender would have shown; these impressions count for all the "
            "others, each by how much more often the recommender would show it than the log did. Only "
            "pages after the split's moment are used, or pages of held-out people after what is revealed "
            "of them. Intervals resample people with all their impressions, and learn how much positions "
            "are looked at anew each time; of few events they are widened, as Student's t is wider than "
            "a normal distribution. Rates are per impression of the lists, cut at the length of a page."
        ),
        source="Horvitz & Thompson 1952; Li et al. 2018, Offline evaluation of ranking policies with click "
        "models; Owen 2007; Hesterberg 2014, What teachers should know about the bootstrap",
    ),
    Term(
        "propensity",
        N_("Propensity"),
        N_(
            "The probability with which the log showed this item at this position to this person. "
            "Estimates divide by it: a wrong, rounded or missing one makes them wrong, and no data tells "
            "how much. What an item's chance was at other positions comes from other impressions of the "
            "same person and policy; what is left of a position's chance is spread evenly over items not "
            "seen there. Where a log chooses differently from page to page, an impression is weighed by "
            "its own position alone."
        ),
    ),
    Term(
        "effective-events",
        N_("Effective events (E)"),
        N_(
            "How many clicks, or purchases, an estimate really rests on: the effective sample size of "
            "its weights times the rate of the log. Fewer than 15 are refused, 15 to 60 are amber, more "
            "are green. Never green are weights that do not average 1, figures to which one person gives "
            "a quarter of the weighted events, and what leans on a reward model; a model that the log "
            "contradicts is refused. A failed check of the log costs one grade."
        ),
        formula=r"E = \frac{(\sum_i w_i)^2}{\sum_i w_i^2} \cdot \frac{\text{events}}{\text{impressions}}",
        source="Kish 1965, Survey Sampling, §11.7",
    ),
    Term(
        "mean-weight",
        N_("Mean weight"),
        N_(
            "Weights average 1 where the log could have shown all that the lists show, and its "
            "propensities are right. Position-based weights are averaged as much as their positions are "
            "looked at."
        ),
        formula=r"\frac{1}{n} \sum_i w_i \approx 1",
        source="Swaminathan & Joachims 2015, The self-normalized estimator, §3",
    ),
    Term(
        "examination",
        N_("How much a position is looked at"),
        N_(
            "Its click rate as if every item had stood there equally often, over that of the first "
            "position: the mix of items is then the same everywhere, and what differs is the looking."
        ),
        formula=r"e_k \propto \frac{\sum_{i: k_i = k} r_i / \mu_i}{\sum_{i: k_i = k} 1 / \mu_i}",
        source="Joachims et al. 2017, Unbiased learning-to-rank with biased feedback, §5; Li et al. 2018",
    ),
    Term(
        "log-health",
        N_("Health of the log"),
        N_(
            "Before any rate: pages with a gap; propensities that are rounded, or whose inverses do not "
            "add up to the number of items that can be shown; policies that serve other shares of people "
            "than configured (a chi-squared test, p below .001); people in two policies; items twice on "
            "a page; purchases without a click; one person with a fifth of the clicks."
        ),
        source="Kohavi, Tang & Xu 2020, Trustworthy Online Controlled Experiments, ch. 21",
    ),
    Term(
        "reward-model",
        N_("Reward model"),
        N_(
            "What the direct method and the doubly robust estimators expect: how much a position is "
            "looked at, times what the item gets when it is looked at, times how the person takes to its "
            "category. Items and people with few looks are drawn to the average. It is learnt from one "
            "half of the pages and used on the other."
        ),
        formula=r"\hat q(u, a, k) = e_k \, \hat\rho_a \, \hat g_{u, c(a)}",
        source="Chernozhukov et al. 2018, Double/debiased machine learning, §3",
    ),
    Term(
        "fitted-propensities",
        N_("Fitted propensities"),
        N_(
            "Where a log has no propensities, each policy's shares of items at positions can stand in "
            "for them. That is right only if it chose neither by person nor by time, so both are tested: "
            "how often people see an item again, and whether the halves of the log differ. Where one "
            "fails, nothing is estimated; else nothing is green."
        ),
        source="Pearson 1900",
    ),
    Term(
        "projection",
        N_("Simulated clicks and sales"),
        N_(
            "Where nothing was logged: what lists would get if a position were looked at with a stated "
            "chance, and what is looked at were clicked and bought with chances that depend only on "
            "whether the item is held out for the person. None of these assumptions comes from the data. "
            "The band shows what halving or doubling each of them gives."
        ),
        formula=r"\frac{1}{k} \sum_{j \le k} j^{-\eta} \left(h_j c_1 + (1 - h_j) c_0\right)",
        source="Craswell et al. 2008, An experimental comparison of click position-bias models, §3.2",
    ),
    Term(
        "bare-rate",
        N_("Why no bare rate"),
        N_(
            "Clicks over impressions of a recommender's items, whoever was shown them where, is no rate "
            "of the recommender: the log showed them on top, and to those who like them. On the samples, "
            "whose truth is known, such rates are far off and turn the order round. They are given "
            "nowhere but here."
        ),
    ),
)
