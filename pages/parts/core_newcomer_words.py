"""Sentences of core about newcomers that pages show: numbers and quotations in them are {0}, {1}, …"""

NEWCOMER_SENTENCES = (
    "Holding people out",
    "Holding items out",
    "Reading interactions",
    "Asking for reasons",
    "Reading details of people",
    "Counting likes of groups",
    "Learning which words items say",
    "Reading a sentence",
    "an answer gave no side to the words",
    "No item says anything, so no sentence can be compared with it.",
    "The data has no searches, and nothing else that a newcomer said in words.",
    "None of the people that are held out searched for anything before what is judged.",
    (
        "Nothing is known of people that could tell what they like. Expected: a column of people, such as"
        " age, with values that at least {0} of them share. What to do: choose a recommender that learns from"
        " interactions, or add a table of people."
    ),
    (
        "None of the people that are held out has more than {0} interactions that count. Expected: people"
        " with more of them. What to do: tell fewer likes, or load more data."
    ),
    "Only {0} items could be held out as new ones. Expected: at least {1}. What to do: load more items.",
    (
        "Nobody took both a new item and a known one. Expected: people with several items. What to do: load"
        " more data."
    ),
)
