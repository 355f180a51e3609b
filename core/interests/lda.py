"""Latent Dirichlet allocation by tomotopy, and how coherent topics are."""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from core.types import FloatArray
from core.work.report import Report

ROUNDS = 300  # of Gibbs sampling
_AT_ONCE = 10  # rounds between two looks at whether to go on
ALPHA, ETA = 0.1, 0.01  # priors at the start; alpha is then learnt
TOP = 10  # words of a topic whose coherence is measured


@dataclass(frozen=True)
class Fit:
    """K topics of N documents over W words; rows sum to 1."""

    words: FloatArray  # (K, W) float32: how likely each word is in a topic
    documents: FloatArray  # (N, K) float32: the topics of each document; zeros for an empty one


def lda(counts: csr_array, k: int, seed: int, report: Report, rounds: int = ROUNDS) -> Fit:
    """Collapsed Gibbs sampling (Griffiths & Steyvers 2004) on one thread: the same seed, the same topics."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "builtin type", DeprecationWarning)  # how its C types were made
        import tomotopy

    model = tomotopy.LDAModel(k=k, alpha=ALPHA, eta=ETA, seed=seed)
    width = len(str(counts.shape[1]))
    known = np.flatnonzero(np.diff(counts.indptr) > 0)
    for row in known:
        inside = slice(counts.indptr[row], counts.indptr[row + 1])
        each = np.repeat(counts.indices[inside], counts.data[inside].astype(np.int64))
        model.add_doc([f"{word:0{width}}" for word in each])
    for done in range(0, rounds, _AT_ONCE):
        report(done / rounds, "Learning topics")
        model.train(_AT_ONCE, workers=1)
    place = np.array([int(word) for word in model.used_vocabs])
    words = np.zeros((k, counts.shape[1]), dtype=np.float32)
    for topic in range(k):
        words[topic, place] = model.get_topic_word_dist(topic)
    documents = np.zeros((counts.shape[0], k), dtype=np.float32)
    for row, document in zip(known, model.docs, strict=True):
        documents[row] = document.get_topic_dist()
    return Fit(words, documents)


def npmi(words: FloatArray, counts: csr_array, top: int = TOP) -> FloatArray:
    """(K,) mean normalised pointwise mutual information of each two of a topic's likeliest words.

    log(p(a,b) / p(a)p(b)) / −log p(a,b), p the share of documents with the words, −1 where no document has
    both (Bouma 2009; Röder et al. 2015, §3.2 with documents as windows). Between −1 and 1.
    """
    there = (counts > 0).astype(np.float64).tocsc()
    many = max(int((np.diff(counts.indptr) > 0).sum()), 1)
    alone = np.asarray(there.sum(axis=0)).ravel() / many
    found = []
    for topic in words:
        best = np.argsort(-topic, kind="stable")[: min(top, int((topic > 0).sum()))]
        one, other = np.triu_indices(len(best), 1)
        if not len(one):
            found.append(np.nan)
            continue
        both = (there[:, best].T @ there[:, best]).toarray()[one, other] / many
        with np.errstate(divide="ignore", invalid="ignore"):
            gain = np.log(both / (alone[best[one]] * alone[best[other]])) / -np.log(both)
        gain = np.where(both == 0, -1.0, np.where(both == 1, 1.0, gain))
        found.append(float(gain.mean()))
    return np.array(found)
