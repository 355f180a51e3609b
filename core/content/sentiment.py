"""Sentiment of reviews: by a lexicon where there is one, and by what the data's own stars teach."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pandas as pd

from core.content.tokens import language, telling, words
from core.data.dataset import Dataset
from core.types import FloatArray, TextArray
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

Method = Literal["lexicon", "stars", ""]
FEWEST = 200  # reviews with stars that the classifier is learnt from
HELD_OUT = 0.2  # share of people whose reviews only measure it


@artifact
@dataclass(frozen=True)
class Accuracy:
    """How often a method tells good reviews (4 or 5 of 5) from bad ones (1 or 2), on held-out people."""

    method: Method
    right: int
    of: int
    balanced: float  # mean of the shares right among good and among bad ones; 0.5 = chance


@artifact
@dataclass(frozen=True)
class Sentiment:
    """Sentiment of N texts in the order of the reviews, and what the methods are worth."""

    scores: FloatArray  # (N,) −1 (bad) to 1 (good); NaN where no method can tell
    methods: TextArray  # (N,) which method gave the score; "" for none
    accuracies: tuple[Accuracy, ...]


@step(version=3, called="Reading moods")
def sentiment(dataset: Dataset, *, settings: int, report: Report) -> Sentiment:
    """The sentiment of each review of a data set; `settings` is the seed of who is held out.

    English goes to VADER (Hutto & Gilbert 2014), other languages to a classifier on the data's own stars:
    logistic regression on TF-IDF of words. Where both can tell, the one that is right more often on the
    reviews of held-out people (balanced accuracy) is used for all of that language.
    """
    reviews = dataset.reviews
    texts = reviews["text"].astype("object").fillna("").astype("str").tolist()
    report(0.0, "Telling languages")
    spoken = _spoken(texts)
    report(0.2, "Reading with a lexicon")
    by_words = np.array(
        [_vader(text) if spoken[at] == "en" and text else np.nan for at, text in enumerate(texts)]
    )
    report(0.5, "Learning from stars")
    by_stars, held_out = _learnt(reviews, texts, settings)
    scores = np.full(len(texts), np.nan)
    methods = np.full(len(texts), "", dtype=object)
    stars = reviews["rating"].to_numpy(dtype=np.float64)
    accuracies = []
    for english in (True, False):
        rows = (spoken == "en") == english
        lexicon = _accuracy("lexicon", by_words, stars, rows & held_out)
        learnt = _accuracy("stars", by_stars, stars, rows & held_out)
        accuracies += [one for one in (lexicon, learnt) if one.of]
        order = [("lexicon", by_words, lexicon), ("stars", by_stars, learnt)]
        order.sort(key=lambda one: -np.nan_to_num(one[2].balanced, nan=0.0))
        for method, found, _ in order:
            take = rows & np.isnan(scores) & np.isfinite(found)
            scores[take], methods[take] = found[take], method
    return Sentiment(scores, methods, tuple(accuracies))


def _spoken(texts: list[str]) -> TextArray:
    """(N,) the language of each text; a text too short to tell is taken to be in the most frequent one."""
    told = [language(text) for text in texts]
    often = Counter(one for one in told if one).most_common(1)
    usual = often[0][0] if often else "en"
    return np.array([one or usual for one in told], dtype=object)


def _accuracy(method: Method, scores: FloatArray, stars: FloatArray, rows: np.ndarray) -> Accuracy:
    good, bad = rows & (stars >= 4) & np.isfinite(scores), rows & (stars <= 2) & np.isfinite(scores)
    right = (int((scores[good] > 0).sum()), int((scores[bad] <= 0).sum()))
    shares = [one / part.sum() for one, part in zip(right, (good, bad), strict=True) if part.sum()]
    return Accuracy(
        method,
        sum(right),
        int(good.sum() + bad.sum()),
        float(np.mean(shares)) if len(shares) == 2 else float("nan"),
    )


def _learnt(reviews: pd.DataFrame, texts: list[str], seed: int) -> tuple[FloatArray, np.ndarray]:
    """(N,) scores by the classifier, and which reviews it did not see."""
    stars = reviews["rating"].to_numpy(dtype=np.float64)
    people = reviews["user"].cat.codes.to_numpy()
    rng = np.random.default_rng(seed)
    outside = rng.random(int(people.max(initial=-1)) + 1) < HELD_OUT
    held_out = outside[people] if len(people) else np.zeros(0, dtype=bool)
    learn = ~held_out & ((stars >= 4) | (stars <= 2)) & np.array([bool(text) for text in texts], dtype=bool)
    nothing = np.full(len(texts), np.nan)
    if learn.sum() < FEWEST or len(np.unique(stars[learn] >= 4)) < 2:
        return nothing, held_out
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = TfidfVectorizer(analyzer=_terms, min_df=2, sublinear_tf=True)
    try:
        known = vectorizer.fit_transform([text for text, one in zip(texts, learn, strict=True) if one])
    except ValueError:  # no word twice
        return nothing, held_out
    model = LogisticRegression(class_weight="balanced", max_iter=1_000).fit(known, stars[learn] >= 4)
    every = vectorizer.transform(texts)
    chance = model.predict_proba(every)[:, 1]
    read = np.asarray(every.getnnz(axis=1)).ravel() > 0
    return np.where(read, 2 * chance - 1, np.nan), held_out


def _terms(text: str) -> list[str]:
    """Words and pairs of neighbouring words: "not good" is not "good"."""
    found = words(text)
    return [*telling(text), *(f"{one} {other}" for one, other in pairwise(found))]


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _vader(text: str) -> float:
    return float(_analyzer().polarity_scores(text[:5_000])["compound"])
