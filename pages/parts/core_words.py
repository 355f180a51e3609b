"""Words that core says in English and pages show in the reader's language: what the catalogue needs of them.

The extractor (python -m pages.parts.locale) asks here; `said` looks them up. What is not listed is
shown as core wrote it.
"""

import inspect
import re
from collections.abc import Iterator

from core.content.encoders.base import ENCODERS
from core.content.images import COLOURS
from core.data.load import name_of_sample, samples
from core.data.readers.base import READERS
from core.data.splits import SPLITS
from core.evaluation.metric import metrics
from core.recommenders.base import RECOMMENDERS
from core.recommenders.options import options_of
from pages.parts.core_click_words import click_words
from pages.parts.core_data_words import DATA_SENTENCES
from pages.parts.core_definition_words import DEFINITION_SENTENCES
from pages.parts.core_estimator_words import ESTIMATOR_SENTENCES
from pages.parts.core_integrity_words import INTEGRITY_SENTENCES
from pages.parts.core_interest_words import INTEREST_SENTENCES
from pages.parts.core_language_words import LANGUAGE_SENTENCES
from pages.parts.core_newcomer_words import NEWCOMER_SENTENCES
from pages.parts.core_reason_words import REASON_SENTENCES
from pages.parts.core_recommender_words import RECOMMENDER_SENTENCES
from pages.parts.core_run_words import RUN_SENTENCES
from pages.parts.core_tuning_words import TUNING_SENTENCES
from pages.parts.core_writing_words import wordings

_RAISES = re.compile(r"Raises BadInput.*?(\.\s|\.$)")

# Sentences with values in them: numbers and quotations are {0}, {1}, …
SENTENCES = (
    "held-out pairs in training",
    "{0} of {1} held-out pairs are also in training",
    "future in training",
    "{0} training rows at or after the split's moment",
    "seen items recommended",
    "none",
    "people lost",
    "{0} of {1} people of the test part are unknown to training ({2}%)",
    "test pairs already seen in training",
    "{0}: dropped, since seen items are not recommended",
    "training rows that would tell of the test part",
    "{0}: left out of training",
    "data changed",
    "The result was not kept: no space left on device.",
    "The result was not kept: read-only file system.",
    "The result was not kept: permission denied.",
    "{0}: the data are not those that the experiment was recorded on",
    "Splitting",
    "Judging",
    "Ranking",
    "Inverting",
    "Weights",
    "Cleaning",
    "Keeping the result",
    "Counting what occurs together",
    "Weighing words",
    "There is no metric named {0}.",
    "There is no recommender named {0}.",
    "There is no split named {0}.",
    "There is no data set named {0}.",
    "choose one of these.",
    "check the link.",
    "choose one below.",
    "shorten the link.",
    "{0} is not among the choices.",
    "k is {0}.",
    "choose a cut-off below.",
    "choose a cut-off; {0} is shown.",
    "{0} can't be read.",
    "a whole number from {0} to {1}.",
    "{0} is no id or name.",
    "The link names {0} recommenders.",
    "remove some; the first of them are shown.",
    "check the parentheses, and that every setting is written key=value, once.",
    "see the reference of recommenders and splits.",
    "This upload isn't on this server: uploads are kept only while their server runs.",
    "upload the file again on the Data page.",
    "Loading the model",
    "Reading texts",
    "Reading what items say",
    "Cutting texts into words",
    "Learning words",
    "Learning what tells items apart",
    "Learning to rank",
    "Learning items",
    "Learning the network",
    "Looking at pictures",
    "Finding neighbours",
    "Building the graph",
    "Measuring what was missed",
    "Telling languages",
    "Reading with a lexicon",
    "Learning from stars",
    "Distilling a table of words",
)


def words() -> Iterator[str]:
    """Every text of core that pages show, from the registries and the list above."""
    yield from (
        *SENTENCES,
        *DATA_SENTENCES,
        *DEFINITION_SENTENCES,
        *ESTIMATOR_SENTENCES,
        *INTEGRITY_SENTENCES,
        *INTEREST_SENTENCES,
        *REASON_SENTENCES,
        *TUNING_SENTENCES,
        *RUN_SENTENCES,
        *NEWCOMER_SENTENCES,
        *RECOMMENDER_SENTENCES,
        *LANGUAGE_SENTENCES,
    )
    yield from click_words()
    yield from wordings()
    yield from filter(None, map(name_of_sample, samples()))
    yield from (cls.label for cls in READERS.all().values())
    for metric in metrics().values():
        yield from (metric.label, metric.meaning)
    for cls in RECOMMENDERS.all().values():
        yield from (option.description for option in options_of(cls))
        yield from paragraphs(cls)
    for encoder in ENCODERS.all().values():
        yield encoder.label
        yield from (option.description for option in options_of(encoder))
        yield from paragraphs(encoder)
    yield from COLOURS
    for split in SPLITS.values():
        yield split.label
        yield from paragraphs(split)


def paragraphs(cls: type) -> tuple[str, ...]:
    """What a class says of itself, paragraph by paragraph; errors that only code meets are left out."""
    text = inspect.getdoc(cls) or ""
    found = (" ".join(part.split()) for part in text.split("\n\n") if ">>>" not in part)
    return tuple(part for part in (_RAISES.sub("", one).strip() for one in found) if part)
