"""What core says of reasons, what-ifs and agreement, for the catalogue (see core_words)."""

REASON_SENTENCES = (
    "Asking the model",
    "Leaving items out",
    "Comparing lists",
    "There is no item {0} in the catalogue.",
    "an item of a list.",
    "choose one of the list.",
    "Nothing of {0} is held out.",
    "a person with lists in the comparison.",
    "choose another person.",
    "The link names {0} items.",
    "at most {0}.",
    "the first of them are taken.",
)
