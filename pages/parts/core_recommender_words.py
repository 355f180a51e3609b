"""Why recommenders can't use data, as pages show it: numbers and quotations are {0}, {1}, …"""

RECOMMENDER_SENTENCES = (
    (
        "BPR with learning_rate={0} does not settle on these data. Expected: shorter steps. What to do: "
        "lower learning_rate."
    ),
    (
        "Calibration needs categories, and no item has one. Expected: items with a category. What to do: "
        "give a table of items (--items)."
    ),
    (
        "Diversity by category needs categories, and no item has one. Expected: items with a category. What"
        " to do: give a table of items (--items)."
    ),
    "EASE with l{0}={1} has no inverse on these data. Expected: a larger l{2}. What to do: raise l{3}.",
    (
        "Friends in common needs a data set whose items are people. Expected: a social network, such as the"
        " sample friends. What to do: choose another recommender."
    ),
    "Item{0}Vec has nothing to learn from. Expected: positive interactions. What to do: choose other data.",
    (
        "Nobody took one of the candidates, so there is nothing to learn to rank. Expected: sources that "
        "find what people take. What to do: choose other sources, or more candidates."
    ),
    (
        "The network does not settle with learning_rate={0}. Expected: shorter steps. What to do: lower "
        "learning_rate."
    ),
    (
        "Popularity with a half-life needs times, and the data has none. Expected: a timestamp column. What"
        " to do: leave half_life at {0}."
    ),
    (
        "The column {0} of people makes no groups. Expected: a column with two values or more, of {1} "
        "people each. What to do: choose another column."
    ),
    (
        "PureSVD needs two people, two items and an interaction. Expected: a larger matrix. What to do: "
        "choose another."
    ),
    (
        "SASRec learns what comes next, and nobody has two things in an order of time. Expected: a "
        "timestamp or order column, and people with two positive interactions. What to do: choose a "
        "recommender that needs no order, such as ease."
    ),
    (
        "TF-IDF needs words, and no item has a title, text, category or tags. Expected: items with text. "
        "What to do: give a table of items (--items)."
    ),
    (
        "Two towers learn one part of a history from the other, and nobody has two items. Expected: people "
        "with two positive interactions. What to do: choose another recommender."
    ),
    (
        "bert gives no item a vector. Expected: items that say or show something. What to do: choose "
        "another encoder."
    ),
    (
        "tfidf gives no item a vector. Expected: items that say or show something. What to do: choose "
        "another encoder."
    ),
    "BPR has nothing to learn from. Expected: positive interactions. What to do: choose other data.",
    "iALS has nothing to learn from. Expected: positive interactions. What to do: choose other data.",
    (
        "BERT needs words, and no item has a title, text or tags. Expected: items with text. What to do: "
        "join a table of items by id (--items)."
    ),
    (
        "TF-IDF needs words, and no item has a title, text or tags. Expected: items with text. What to do: "
        "join a table of items by id (--items)."
    ),
    (
        "The split random(test={0}) holds out nothing that can be judged. Expected: people with "
        "interactions both before and after it. What to do: choose another split, or more data."
    ),
)
