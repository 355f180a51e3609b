"""What topics, maps and segments are worth: `python -m benchmarks.interests` writes docs/interests.md.

Topics by tomotopy (ours), gensim and scikit-learn: known ones recovered, and how coherent those of real texts
are; how far a map keeps neighbours; and which embedding and which method recover the sample shop's segments.
"""

import datetime
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from benchmarks.movielens import folder
from core.content.embed import TrainingPart
from core.content.texts import content_of
from core.data.dataset import Dataset
from core.data.load import SAMPLES, Source, load
from core.interests.clusters import METHODS, ClusterSettings, label
from core.interests.documents import by_words
from core.interests.lda import TOP, lda, npmi
from core.interests.points import INTERACTIONS, TOPICS, Points, PointsOf, points
from core.interests.projection import MapSettings, Projection, fitted, project, trust
from core.types import FloatArray
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.report import silent
from core.work.store import Store

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "interests.md"
KS = (8, 12, 20)
SEEDS = (0, 1, 2)
TRUE = 10  # topics of the made corpus, and segments of the shop
PASSES = 20  # of gensim and scikit-learn over the documents
BY = (INTERACTIONS, TOPICS, "word2vec", "bert")
ON_MAP = (INTERACTIONS, "word2vec", TOPICS)  # whose maps are measured

Learner = Callable[[csr_array, int, int], FloatArray]  # counts (N, W), K, seed → (K, W) rows that sum to 1


@dataclass(frozen=True)
class Recovered:
    """How near the found topics are to the true ones: cosines, means over seeds."""

    library: str
    mean: float
    lowest: float


@dataclass(frozen=True)
class Learnt:
    """Topics of one data set by one library."""

    data: str
    documents: int
    words: int
    k: int
    library: str
    npmi: float
    different: float  # share of the topics' likeliest words that are different ones
    seconds: float


@dataclass(frozen=True)
class Trusted:
    """Trustworthiness of the places of the shop's people."""

    by: str
    ours: float
    bare: float
    random: float


@dataclass(frozen=True)
class Found:
    """The shop's true segments found again; adjusted Rand index."""

    by: str
    method: str
    where: str
    index: float
    clusters: int
    none: float  # share of people in no cluster


def main() -> int:
    """Measure everything and write the page."""
    recovered = [*_recovered()]
    learnt = [*_learnt()]
    shop = load(Source(data="shop"))
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Store(Path(home), 10**10), Inline())
        placed = {by: _placed(desk, shop, by) for by in BY}
    trusted = [_trusted(placed[by]) for by in ON_MAP]
    PAGE.write_text(_page(recovered, learnt, trusted, [*_found(placed)]), "utf-8")
    print(f"written: docs/{PAGE.name}")
    return 0


def _tomotopy(counts: csr_array, k: int, seed: int) -> FloatArray:
    return lda(counts, k, seed, silent).words


def _gensim(counts: csr_array, k: int, seed: int) -> FloatArray:
    from gensim.models import LdaModel

    there = np.flatnonzero(np.diff(counts.indptr) > 0)
    corpus = [
        [*zip(row.indices.tolist(), row.data.tolist(), strict=True)] for row in (counts[[at]] for at in there)
    ]
    names = {at: str(at) for at in range(counts.shape[1])}
    model = LdaModel(
        corpus, num_topics=k, id2word=names, passes=PASSES, alpha="auto", eta="auto", random_state=seed
    )
    return np.asarray(model.get_topics())


def _sklearn(counts: csr_array, k: int, seed: int) -> FloatArray:
    from sklearn.decomposition import LatentDirichletAllocation

    there = counts[np.flatnonzero(np.diff(counts.indptr) > 0)]
    model = LatentDirichletAllocation(k, learning_method="online", max_iter=PASSES, random_state=seed).fit(
        there
    )
    return np.asarray(model.components_ / model.components_.sum(axis=1, keepdims=True))


LIBRARIES: dict[str, Learner] = {"tomotopy (ours)": _tomotopy, "gensim": _gensim, "scikit-learn": _sklearn}


def _recovered() -> Iterator[Recovered]:
    """Topics of 1,000 documents of 60 words, drawn from 10 topics over 500 words as the model has it."""
    for library, learn in LIBRARIES.items():
        means, lowest = [], []
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            truth = rng.dirichlet(np.full(500, 0.05), TRUE)
            mixtures = rng.dirichlet(np.full(TRUE, 0.1), 1_000)
            drawn = np.stack([rng.multinomial(60, row / row.sum()) for row in mixtures @ truth])
            near = _matched(truth, learn(csr_array(drawn.astype(np.float32)), TRUE, seed))
            means.append(near.mean())
            lowest.append(near.min())
        made = Recovered(library, float(np.mean(means)), float(np.mean(lowest)))
        print(f"{library}: cosine {made.mean:.3f}, lowest {made.lowest:.3f}", flush=True)
        yield made


def _matched(truth: FloatArray, found: FloatArray) -> FloatArray:
    """(K,) cosine of each true topic with the one it is matched with."""
    from scipy.optimize import linear_sum_assignment

    one, other = (rows / np.linalg.norm(rows, axis=1)[:, None] for rows in (truth, found))
    close = one @ other.T
    rows, columns = linear_sum_assignment(close, maximize=True)
    return np.asarray(close[rows, columns])


def _learnt() -> Iterator[Learnt]:
    for data, source in _sets():
        documents = by_words(content_of(load(source)), silent)
        counts = documents.counts
        many = int((np.diff(counts.indptr) > 0).sum())
        for k in KS:
            for library, learn in LIBRARIES.items():
                if k == KS[0]:
                    learn(counts[:50], 2, 0)  # imports and compiled code
                began = time.perf_counter()
                words = learn(counts, k, 0)
                took = time.perf_counter() - began
                coherence = float(np.nanmean(npmi(words, counts)))
                best = np.argsort(-words, axis=1, kind="stable")[:, :TOP]
                different = len(np.unique(best)) / best.size
                print(
                    f"{data}, {k}, {library}: NPMI {coherence:.3f}, {different:.0%}, {took:.1f} s", flush=True
                )
                yield Learnt(data, many, counts.shape[1], k, library, coherence, different, took)


def _sets() -> Iterator[tuple[str, Source]]:
    yield "Sample shop", Source(data="shop")
    yield "MIND small (sample)", Source(data=str(folder("mind-small-sample")))
    texts = str(folder("movie-text") / "items_ml-100k.parquet")
    yield "MovieLens 100K with overviews", Source(data=str(folder("ml-100k")), items=texts)
    yield "Douban films", Source(data=str(folder("douban-movies-zh")))


def _placed(desk: Desk, shop: Dataset, by: str) -> tuple[Points, Projection]:
    found = desk.run(points, shop, settings=PointsOf("people", by, TrainingPart("", "", 0)))
    return found, desk.run(project, found, settings=MapSettings())


def _trusted(placed: tuple[Points, Projection]) -> Trusted:
    from umap import UMAP

    found, _ = placed
    vectors, chosen = found.vectors[found.known], MapSettings()
    bare = UMAP(
        n_neighbors=chosen.neighbours,
        min_dist=chosen.min_dist,
        metric="cosine",
        random_state=chosen.seed,
        n_jobs=1,
    ).fit_transform(vectors)
    anywhere = np.random.default_rng(0).random((len(vectors), 2))
    made = Trusted(
        found.by, trust(vectors, fitted(vectors, chosen)), trust(vectors, bare), trust(vectors, anywhere)
    )
    print(f"{found.by}: {made.ours:.3f}, bare {made.bare:.3f}, random {made.random:.3f}", flush=True)
    return made


def _found(placed: dict[str, tuple[Points, Projection]]) -> Iterator[Found]:
    from sklearn.metrics import adjusted_rand_score

    truth = pd.read_parquet(SAMPLES / "shop" / "truth" / "people.parquet").set_index("user")["segment"]
    for by, (found, drawn) in placed.items():
        people = truth[[*drawn.ids]]
        for method in METHODS:
            for where, places in (("map", drawn.places), ("embedding", found.vectors[found.known])):
                labels = label(places, ClusterSettings(method, k=TRUE))
                index = float(adjusted_rand_score(people, labels))
                print(f"{by}, {method} on the {where}: {index:.3f}", flush=True)
                yield Found(by, method, where, index, int(labels.max() + 1), float((labels < 0).mean()))


def _page(
    recovered: list[Recovered], learnt: list[Learnt], trusted: list[Trusted], found: list[Found]
) -> str:
    today = datetime.datetime.now(datetime.UTC)
    lines = [
        "# What topics, maps and segments are worth",
        "",
        "Made by `python -m benchmarks.interests`.",
        "",
        f"{today:%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}.",
        "",
        "## Known topics, found again",
        "",
        "1,000 documents of 60 words are drawn from 10 topics over 500 words. Each true topic is matched",
        f"with one that was found; their cosine, and the lowest of ten, as means over {len(SEEDS)} seeds.",
        "",
        "| library | cosine | lowest |",
        "|---|---:|---:|",
        *(f"| {one.library} | {one.mean:.3f} | {one.lowest:.3f} |" for one in recovered),
        "",
        "## Topics of real texts",
        "",
        "*NPMI*: how much more often a topic's 10 likeliest words stand in one text than by chance, −1 to 1;",
        "rare words of short texts are seldom together, so compare within a data set only. gensim passes 20",
        "times over the texts with `alpha` and `eta` learnt, scikit-learn's online learner 20 times, and",
        "tomotopy samples 300 times; each on the same words, and one run each. *Different*: how many of all",
        "topics' 10 likeliest words are different ones (Dieng et al. 2020). Topics that repeat the same",
        "frequent words are coherent and tell nothing apart, so both figures count.",
        "",
        "| data | texts | words | topics | library | NPMI | different | seconds |",
        "|---|---:|---:|---:|---|---:|---:|---:|",
        *(
            f"| {one.data} | {one.documents:,} | {one.words:,} | {one.k} | {one.library} | {one.npmi:.3f}"
            f" | {one.different:.0%} | {one.seconds:.1f} |"
            for one in learnt
        ),
        "",
        "## Maps",
        "",
        "Trustworthiness (Venna & Kaski 2001), 0 to 1, of the map of the sample shop's people: how far the",
        "15 nearest on the map are near in the embedding. Beside it umap-learn's own call with the same",
        "settings, and places drawn at random.",
        "",
        "| embedding | ours | bare umap-learn | random places |",
        "|---|---:|---:|---:|",
        *(f"| {one.by} | {one.ours:.3f} | {one.bare:.3f} | {one.random:.3f} |" for one in trusted),
        "",
        "## Segments, found again",
        "",
        f"The sample shop's people were drawn from {TRUE} segments. Adjusted Rand index with them, 1 = the",
        "same and 0 = by chance; people in no cluster count as one of their own. k-means is told that there",
        f"are {TRUE}. *Map* is ours, *embedding* the same method on the vectors themselves.",
        "",
        "| embedding | method | on the | index | clusters | in none |",
        "|---|---|---|---:|---:|---:|",
        *(
            f"| {one.by} | {one.method} | {one.where} | {one.index:.3f} | {one.clusters} | {one.none:.1%} |"
            for one in found
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
