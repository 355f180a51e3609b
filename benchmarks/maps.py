"""Topics against bare tomotopy, a map against bare umap-learn, a selection of many, and a second visit."""

import tempfile
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from benchmarks.measure import Row, paired, seconds
from benchmarks.movielens import folder
from core.content.embed import TrainingPart
from core.content.texts import content_of
from core.data.dataset import Dataset
from core.data.load import Source, load
from core.evaluation.comparison import Column, Comparison, Entry, Facts
from core.evaluation.experiment import experiment_of
from core.evaluation.selection import of_people
from core.evaluation.uncertainty import RESAMPLES
from core.interests.documents import Documents, by_words
from core.interests.lda import ALPHA, ETA, ROUNDS
from core.interests.points import INTERACTIONS, PointsOf, points
from core.interests.projection import MapSettings, fitted
from core.interests.segments import SegmentsOf, segmentation
from core.interests.topics import DEFAULT_K, TopicSettings, topics
from core.recommenders.fitting import Cost
from core.types import FloatArray
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.report import silent
from core.work.store import Store

PEOPLE = PointsOf("people", INTERACTIONS, TrainingPart("", "", 0))
RECOMMENDERS = 7  # as many as a view shows
LIMITS = {20_000: 1.5, 100_000: 3.0}  # seconds for a selection of so many people


def run() -> list[Row]:
    """Topics of the overviews of MovieLens 100K, the map of the sample shop's people, in one process."""
    shop = load(Source(data="shop"))
    texts = str(folder("movie-text") / "items_ml-100k.parquet")
    movies = load(Source(data=str(folder("ml-100k")), items=texts))
    found = points(shop, settings=PEOPLE, report=silent)
    return [
        _topics(by_words(content_of(movies), silent)),
        _map(found.vectors),
        *(_selection(people, limit) for people, limit in LIMITS.items()),
        _again(shop),
    ]


def _topics(documents: Documents) -> Row:
    import tomotopy

    texts = [
        [str(word) for word in np.repeat(documents.words[row.indices], row.data.astype(int))]
        for row in (documents.counts[[at]] for at in range(len(documents.ids)))
    ]

    def bare() -> None:
        model = tomotopy.LDAModel(k=DEFAULT_K, alpha=ALPHA, eta=ETA, seed=0)
        for text in texts:
            model.add_doc(text)
        model.train(ROUNDS, workers=1)
        for topic in range(DEFAULT_K):
            model.get_topic_word_dist(topic)
        for document in model.docs:
            document.get_topic_dist()

    def ours() -> None:
        topics(documents, settings=TopicSettings(), report=silent)

    mine, peer = paired(ours, bare, times=15)
    return Row(
        f"{DEFAULT_K} topics of {len(texts):,} texts",
        f"{mine:.2f} s",
        f"{peer:.2f} s: bare tomotopy",
        mine / peer,
        1.05,
        "the same settings, one thread; ours also measures coherence",
    )


def _map(vectors: FloatArray) -> Row:
    from umap import UMAP

    chosen = MapSettings()

    def bare() -> None:
        UMAP(
            n_neighbors=chosen.neighbours,
            min_dist=chosen.min_dist,
            metric="cosine",
            random_state=chosen.seed,
            n_jobs=1,
        ).fit_transform(vectors)

    mine, peer = paired(lambda: fitted(vectors, chosen), bare, times=5)
    return Row(
        f"Map of {len(vectors):,} people by {vectors.shape[1]} numbers",
        f"{mine:.2f} s",
        f"{peer:.2f} s: bare umap-learn",
        mine / peer,
        1.05,
        "the same settings, one thread",
    )


def _selection(people: int, limit: float) -> Row:
    comparison = _comparison(people + people // 10)
    rows = np.arange(len(comparison.user_ids)) < people
    took = seconds(lambda: of_people(comparison, rows, 0, people), times=3)
    return Row(
        f"A selection of {people:,} people, {RECOMMENDERS} recommenders",
        f"{took:.2f} s",
        f"{limit:g} s: limit",
        took / limit,
        1.0,
        f"{RESAMPLES:,} resamples, intervals and every paired difference",
    )


def _comparison(people: int) -> Comparison:
    """Recommenders and people with a value for each, and nothing else that a selection needs."""
    names = [f"r{at}" for at in range(RECOMMENDERS)]
    cost, none = Cost(0.0, 0.0), csr_array(np.zeros((people, 1), dtype=np.float32))
    values = np.random.default_rng(0).random((RECOMMENDERS, 1, people))
    return Comparison(
        experiment=experiment_of({"data": "shop"}),
        facts=Facts("", "", people, 1, 0, 1),
        entries=tuple(Entry(name, name, name, {}, cost, cost) for name in names),
        columns=(Column("ndcg", "standard", 10),),
        user_ids=np.array([f"u{at:06}" for at in range(people)], dtype=object),
        item_ids=np.array(["i"], dtype=object),
        values=values,
        whole=values.mean(axis=2),
        draws=np.zeros((RECOMMENDERS, 1, RESAMPLES)),
        ranked=(),
        truth=none,
        history=none,
        integrity=(),
        failures=(),
        time=None,
    )


def _again(shop: Dataset) -> Row:
    asked = SegmentsOf(PEOPLE)
    with tempfile.TemporaryDirectory() as home:
        Desk(Store(Path(home), 10**9), Inline()).run(segmentation, shop, settings=asked)
        took = seconds(
            lambda: Desk(Store(Path(home), 10**9), Inline()).run(segmentation, shop, settings=asked), times=5
        )
    return Row(
        "A map and segments that are kept, read again", f"{took * 1000:.0f} ms", "1 s: limit", took, 1.0
    )
