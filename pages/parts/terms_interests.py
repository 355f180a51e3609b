"""Terms of Methods about topics, maps and segments."""

from pages.parts.terms import Term
from pages.parts.words import N_

INTERESTS = (
    Term(
        "topic",
        N_("Topics"),
        N_(
            "Latent Dirichlet allocation: each item is a mix of topics, each topic a mix of words. "
            "Where items say nothing, people are documents and the items that they took in the "
            "training part are words."
        ),
        source="Blei, Ng & Jordan 2003; Griffiths & Steyvers 2004",
    ),
    Term(
        "relevance",
        N_("Relevant words"),
        N_(
            "Words of a topic in the order of a balance between how likely they are in it and how "
            "much more likely than elsewhere; λ is .6 unless it is changed."
        ),
        formula=r"\lambda \log p(w \mid t) + (1 - \lambda) \log \frac{p(w \mid t)}{p(w)}",
        source="Sievert & Shirley 2014, LDAvis, §3.1",
    ),
    Term(
        "npmi",
        N_("Coherence (NPMI)"),
        N_(
            "How much more often than by chance the ten likeliest words of a topic stand in the same "
            "item, as a mean over their pairs: −1 never together, 0 as by chance, 1 always."
        ),
        formula=r"\frac{\log \frac{p(a, b)}{p(a)\,p(b)}}{-\log p(a, b)}",
        source="Bouma 2009; Röder, Both & Hinneburg 2015, §3.2",
    ),
    Term(
        "interests",
        N_("Interests"),
        N_(
            "The topics of what a person took in the training part, as shares that sum to 1. An event"
            " counts half of one that is twenty events later."
        ),
    ),
    Term(
        "map",
        N_("Map"),
        N_(
            "People or items as points: UMAP lays out vectors so that near ones stay near. Distances "
            "between clusters and the size of gaps say little. People who came after the split are "
            "placed between their five nearest and are hollow; the map is not fitted again for them."
        ),
        source="McInnes, Healy & Melville 2018, UMAP",
    ),
    Term(
        "trustworthiness",
        N_("Trustworthiness"),
        N_(
            "How far the 15 nearest on the map are also near in the embedding: 1 all of them, "
            "measured on at most 2,000 points."
        ),
        source="Venna & Kaski 2001",
    ),
    Term(
        "silhouette",
        N_("Silhouette"),
        N_(
            "How much nearer points are to their own cluster than to the next one, on the map: −1 to "
            "1, a mean over at most 2,000 points in clusters."
        ),
        formula=r"\frac{b - a}{\max(a, b)}",
        source="Rousseeuw 1987",
    ),
    Term(
        "stability",
        N_("Stability of clusters"),
        N_(
            "Twenty times points are drawn with replacement and clustered again; the adjusted Rand "
            "index says how far the clusters agree with those shown: 1 the same, 0 as by chance."
        ),
        source="Hubert & Arabie 1985; Hennig 2007, §3.1",
    ),
    Term(
        "cluster-words",
        N_("Words of clusters"),
        N_(
            "Words of what a cluster's people took, by class-based TF-IDF times the logarithm of how "
            "much more frequent they are than everywhere."
        ),
        source="Grootendorst 2022, BERTopic, §3.3",
    ),
    Term(
        "contrast",
        N_("Times as often"),
        N_(
            "The share of a group that has a trait over the share of all others, with a 95 % "
            "interval. Settled where Fisher's exact test tells them apart at 5 % after Holm's "
            "correction over all traits. Counts below five are not told."
        ),
        source="Katz et al. 1978; Holm 1979",
    ),
    Term(
        "segment",
        N_("Segments"),
        N_(
            "People under a name, saved from a cluster, a colour or an area of the user map. Chosen "
            "in the frame, every page shows the figures of its people: their lists stay as they were "
            "made, means and intervals are taken anew."
        ),
    ),
)
