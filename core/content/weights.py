"""Words of texts, weighted: what TF-IDF's encoder and its recommender share."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from core.work.errors import BadInput


def weighed(texts: Sequence[str], min_items: int, **tokens: Any) -> csr_array:
    """(N, W) float32 unit rows: 1 + log count times log inverse document frequency (Salton & Buckley 1988).

    `tokens` say how a text is cut, as scikit-learn takes it. Raises BadInput where texts share no word.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        min_df=min(min_items, len(texts)), sublinear_tf=True, dtype=np.float32, **tokens
    )
    try:
        return csr_array(vectorizer.fit_transform(texts))
    except ValueError as error:
        raise BadInput(
            "TF-IDF found no word that several items share.",
            f"words in {min_items} items or more.",
            "lower min_items.",
        ) from error
