"""Words of texts, weighted: what TF-IDF's encoder and its recommender share."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from core.types import TextArray
from core.work.errors import BadInput


def weighed(texts: Sequence[str], min_items: int, **tokens: Any) -> csr_array:
    """(N, W) float32 unit rows: 1 + log count times log inverse document frequency (Salton & Buckley 1988).

    See `weighed_words`.
    """
    return weighed_words(texts, min_items, **tokens)[0]


def weighed_words(texts: Sequence[str], min_items: int, **tokens: Any) -> tuple[csr_array, TextArray]:
    """The weights (N, W) of `weighed` and the words (W,) that their columns stand for.

    `tokens` say how a text is cut, as scikit-learn takes it. Raises BadInput where texts share no word.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        min_df=min(min_items, len(texts)), sublinear_tf=True, dtype=np.float32, **tokens
    )
    try:
        weights = csr_array(vectorizer.fit_transform(texts))
    except ValueError as error:
        raise BadInput(
            "TF-IDF found no word that several items share.",
            f"words in {min_items} items or more.",
            "lower min_items.",
        ) from error
    return weights, vectorizer.get_feature_names_out()
