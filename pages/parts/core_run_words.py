"""Sentences about runs that core says in English; see core_words.py."""

RUN_SENTENCES = (
    "There is no run {0}.",
    "{0} is no run.",
    "the number of a run that is kept here.",
    "choose another.",
    "The results of run {0} have schema {1}.",
    "schema {0}.",
    "The results of run {0} are damaged.",
    "The experiment has schema {0}.",
    "recommenders with their metrics.",
    "run its experiment again.",
    "use the version of Touchstone that wrote it.",
    "The name of a run has {0} characters.",
    "The note of a run has {0} characters.",
    "at most {0}.",
    "shorten it.",
    "a database that can be reached and written.",
    "check TOUCHSTONE_DATABASE_URL, or unset it to keep runs in a file.",
    "Loading",
    "Drawing people",
)
