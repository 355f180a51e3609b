"""What topics are learnt from: items by their words; where nothing is said, people by their items."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.sparse import csr_array

from core.content.embed import TrainingPart
from core.content.texts import Content, content_of
from core.content.tokens import telling
from core.data.dataset import Dataset
from core.data.folds import Train, folds
from core.data.splits import default_split, split_of
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint
from core.work.report import Report
from core.work.steps import step

Kind = Literal["text", "items"]
FEWEST = 3  # documents that a word must be in
MOST_SHARE = 0.5  # of documents: a word in more of them tells none from another
MOST_WORDS = 30_000
# Topics come from what is taken together where fewer items than both of these say something
ENOUGH, FEW_TEXTS = 500, 0.1  # items, share of items


@artifact
@dataclass(frozen=True)
class Documents:
    """N documents as counts of W words: of kind `text` items and their words, of kind `items` people and
    the ids of what they took."""

    kind: Kind
    ids: TextArray  # (N,) of items or of people
    words: TextArray  # (W,) sorted words, or ids of items
    counts: csr_array  # (N, W) float32

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.kind, self.ids, self.words, self.counts)

    @property
    def different(self) -> int:
        """How many words are in a document: nobody took some items."""
        return int((np.bincount(self.counts.indices) > 0).sum())


def training(dataset: Dataset, settings: TrainingPart) -> Train:
    """The training part of a data set's first fold. Raises BadInput where nothing can be held out."""
    spec = settings.split or default_split(
        dataset.origin.split, dataset.timed, "part" in dataset.interactions
    )
    return folds(dataset, split_of(spec), settings.positive, seed=settings.seed)[0].train


@artifact
@dataclass(frozen=True)
class Asked:
    """Which documents: of a kind, or of the kind that fits the data ("")."""

    part: TrainingPart
    kind: Kind | Literal[""] = ""


@step(version=3, called="Reading what topics are learnt from")
def read_documents(dataset: Dataset, *, settings: Asked, report: Report) -> Documents:
    """Items by their words; people by their items where that is asked, or where hardly an item says anything,
    or none says what others say.

    People's items are those of the training part, so that nothing held out is learnt from.
    """
    report(0.1, "Reading what items say")
    content = content_of(dataset)
    speaking = int((content.texts != "").sum())
    enough = speaking >= min(ENOUGH, FEW_TEXTS * len(content.texts)) and speaking > 0
    if settings.kind == "text" or (not settings.kind and enough):
        found = by_words(content, report)
        if settings.kind or found.different > 1:
            return found
    report(0.5, "Splitting")
    return by_items(training(dataset, settings.part))


def by_words(content: Content, report: Report) -> Documents:
    """Items that say something, by the words that are in 3 of them and in at most half of them."""
    said = []
    for at, text in enumerate(content.texts):
        said.append([word for word in telling(text) if not word[0].isdigit()])
        if at % 500 == 0:
            report(0.1 + 0.8 * at / len(content.texts), "Cutting texts into words")
    within = Counter(word for document in said for word in set(document))
    many = sum(1 for document in said if document)
    kept = [word for word, n in within.items() if n >= FEWEST and n <= max(MOST_SHARE * many, FEWEST)]
    words = sorted(sorted(kept, key=lambda word: (-within[word], word))[:MOST_WORDS])
    place = {word: at for at, word in enumerate(words)}
    rows = [row for row, document in enumerate(said) for word in document if word in place]
    columns = [place[word] for document in said for word in document if word in place]
    counts = _counts(np.array(rows), np.array(columns), (len(said), len(words)))
    return Documents("text", content.item_ids, np.array(words, dtype=object), counts)


def by_items(train: Train) -> Documents:
    """People by the items that they took, each once."""
    return Documents("items", train.user_ids, train.item_ids, taken(train))


def taken(train: Train) -> csr_array:
    """(U, I) float32: 1 where a person has an event with an item in the training part, of whatever kind.

    What counts as a hit is another question: a view tells of an interest too.
    """
    shape = (len(train.user_ids), len(train.item_ids))
    found = _counts(train.user, train.item, shape)
    found.data[:] = 1
    return found


def _counts(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    ones = np.ones(len(rows), dtype=np.float32)
    made = csr_array((ones, (rows.astype(np.int32), columns.astype(np.int32))), shape=shape)
    made.sum_duplicates()
    return made
