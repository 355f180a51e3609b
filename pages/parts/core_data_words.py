"""Sentences of core on data: checks, steps of cleaning, what is kept. Values in them are {0}, {1}, …"""

from core.data.known import KNOWN
from pages.parts.words import pattern_of

CHECKS = (
    "duplicates",
    "repeated pairs",
    "future times",
    "items without details",
    "items without interactions",
    "constant columns",
    "too few interactions of people",
    "too few interactions of items",
    "bot-like people",
    "there is nobody to look at",
    "the busiest has {0} interactions",
    (
        "{0} people have {1}% of all interactions: each at least {2} times the usual number, or {3} and more"
        " within one second"
    ),
    "{0} rows repeat another",
    "no row repeats another",
    "{0} rows repeated another and were dropped",
    "{0} rows are of a person and an item that met before",
    (
        "{0} of {1} rows are of a person and an item that met before: the matrix counts a pair once, and what"
        " was seen in training is not recommended again"
    ),
    "there are no times: what happened first is not known",
    "the last time is {0}-{1}-{2} {3}:{4}",
    "{0} rows lie in the future: a split by time holds them out first",
    "there are no details of items: methods that read text can't help",
    "every item of the log has details",
    "{0} of {1} items of the log have no details ({2}%)",
    "every item with details is in the log",
    "{0} of {1} items with details are not in the log: unmet",
    "no column has a single value",
    "there is nothing to count",
    "{0} of {1} people have fewer than {2} interactions ({3}%)",
    "{0} of {1} items have fewer than {2} interactions ({3}%)",
)
CLEANING = (
    "rows without a user id",
    "rows without a item id",
    "user ids in another form",
    "item ids in another form",
    "unreadable times",
    "impossible prices",
    "rows whose rating is not a finite number",
    "text in another form",
    "title in another form",
    "malformed rows",
    "no header",
    "quotes",
    "sessions",
    "files left out",
    "files of the folder that were not read",
    "columns guessed",
    "told by their content, not by their names; --columns says which column is what",
    "its columns are numbered from {0}",
    "pictures",
    "pictures without an item",
    "events without a meaning",
    "kept under their own names, and counted as positive; --events says what they mean",
    "kept in the catalogue; nobody has touched them",
    "dropped",
    "left out",
    "left empty",
    "left empty, the rows are kept",
    "written in one form",
)
KEPT = (
    "artifacts",
    "results and the data sets that they were made from, with ids of people",
    "runs",
    "each comparison: its settings, the names of its files and its numbers, no ids of people",
    "fetched data sets",
    pattern_of(f"files from publishers ({', '.join(KNOWN)}) and what came of them so far"),
    "opened data sets",
    "paths of data sets that were opened on the pages",
    "forgotten people",
    "keyed hashes of people who are left out, and in which data set",
    "uploads and work in progress",
    "uploaded files under random names, inputs of child processes",
    "delete the file, and these people come back when their data is read again",
    "gone when the server stops; what a crash left goes at the next start",
)
DATA_SENTENCES = (*CHECKS, *CLEANING, *KEPT)
