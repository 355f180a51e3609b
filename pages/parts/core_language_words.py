"""What core says of the language model, as pages show it: numbers and quotations are {0}, {1}, …"""

LANGUAGE_SENTENCES = (
    (
        "No language model answers here: {0}. Expected: the embedded model, or an address in "
        "TOUCHSTONE_LLM_URL. What to do: put that right; all other recommenders work without."
    ),
    (
        "The language model answered nothing: {0}. Expected: answers: else these would be another "
        "recommender's lists. What to do: put that right and start again; all other recommenders "
        "work without."
    ),
    "The language model answered nothing: {0}. Expected: answers. What to do: put that right.",
    "a sample was asked",
    "lists for {0} of {1} people, chosen by a hash; differences to it are over these",
    "language model",
    "{0} questions to {1}, {2} of them answered before; {3} tokens asked and {4} said in {5} s",
    "{0} questions to {1}, {2} of them answered before; {3} tokens asked and {4} said in {5} s; cost {6}",
    "without an answer",
    "{0} of {1} questions have none, so a first order stays: {2}",
    "Writing",
    "Looking for the language model",
    "Fetching the language model",
    "Checking the language model",
    "Keeping answers",
    "Asking the language model",
    "the word {0}, which is none of its words",
    "the number {0}, which is none of its words",
    "the signs {0}",
    "a name without any of its words",
    "a name of more than {0} characters",
    "a name of more than {0} words",
    "{0}, which is the name of another group",
    "an answer was none of the names",
    "an answer held no name",
    "Looking at the language model",
    "Asking in other orders",
    (
        "A language model has nothing to read: no item has a title or a text. Expected: items with titles. "
        "What to do: give a table of items with a column title."
    ),
)
