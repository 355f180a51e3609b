"""Item2Vec: items by the company they keep in people's histories."""

from typing import Annotated

import numpy as np
from pydantic import Field

from core.content.embedding import unit
from core.data.folds import Train
from core.data.ids import hashes, pair_hashes
from core.recommenders.base import Recommender, Scorer
from core.recommenders.demand import Demand, Size
from core.recommenders.mean import MeanScorer
from core.recommenders.options import Search
from core.work.errors import BadInput
from core.work.report import Report


class Item2Vec(Recommender):
    """Skip-gram with negative sampling over histories as if they were sentences (Barkan & Koenigstein 2016).

    Histories stand in the order of time where that is known, else in one of chance. A person is the mean
    of the unit vectors of their items, the score is the cosine. How often frequent items are skipped, and
    how negatives are drawn, matters more than for words (Caselles-Dupré et al. 2018). Fit by the library
    gensim on one thread.
    """

    name = "item2vec"
    label = "Item2Vec"
    source = "Barkan & Koenigstein 2016, Item2Vec: Neural Item Embedding for Collaborative Filtering, §2–3"
    factors: Annotated[int, Field(ge=2, le=1024, description="Numbers of a vector"), Search(32, 256)] = 100
    window: Annotated[
        int,
        Field(ge=1, le=1000, description="Items to each side that count as company"),
        Search(5, 200, log=True),
    ] = 50
    negatives: Annotated[
        int, Field(ge=1, le=100, description="Items drawn at random against each pair"), Search(5, 30)
    ] = 5
    exponent: Annotated[
        float,
        Field(ge=-1, le=1, description="Items are drawn by their popularity to this power; 0 = all alike"),
    ] = 0.75
    sample: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description="Items with a larger share of all positives than this are skipped at times; 0 = none",
        ),
        Search(1e-5, 1e-3, log=True),
    ] = 1e-4
    iterations: Annotated[
        int, Field(ge=1, le=500, description="Times that the histories are read"), Search(5, 100, log=True)
    ] = 20

    def fit(self, train: Train, report: Report) -> Scorer:
        from gensim.models import Word2Vec
        from gensim.models.callbacks import CallbackAny2Vec

        if train.positives.nnz == 0:
            raise BadInput(
                "Item2Vec has nothing to learn from.", "positive interactions.", "choose other data."
            )
        iterations = self.iterations

        class Told(CallbackAny2Vec):  # type: ignore[misc]
            """Says how far training is, which is also where it can be stopped."""

            def __init__(self) -> None:
                self.done = 0

            def on_epoch_begin(self, _model: object) -> None:
                report(self.done / iterations, "Learning items")
                self.done += 1

        model = Word2Vec(
            sentences(train),
            vector_size=self.factors,
            window=self.window,
            negative=self.negatives,
            ns_exponent=self.exponent,
            sample=self.sample,
            epochs=iterations,
            min_count=1,
            sg=1,
            seed=train.seed,
            workers=1,  # the same result each time
            callbacks=[Told()],
        )
        vectors = np.zeros((len(train.item_ids), self.factors), dtype=np.float32)
        vectors[[int(name) for name in model.wv.index_to_key]] = model.wv.vectors
        return MeanScorer(unit(vectors))

    def demand(self, size: Size) -> Demand:
        pairs = float(size.positives) * self.window * self.iterations
        return Demand(
            fit={"loop": pairs * self.factors * (1 + self.negatives) / 4},
            score={
                "sparse": float(size.positives) * self.factors,
                "dense": 2.0 * size.users * size.items * self.factors,
            },
            bytes=12.0 * self.factors * size.items + 120.0 * size.positives,
        )


def sentences(train: Train) -> list[list[str]]:
    """The columns of each person's positives as text, the earliest first; without times by a hash
    of person and item, so that everybody's stand in another order."""
    known = train.sequence
    liked = train.positives if known is None else known
    row = np.repeat(np.arange(liked.shape[0]), np.diff(liked.indptr))
    if known is None:
        people, items = (hashes(ids.tolist(), train.seed) for ids in (train.user_ids, train.item_ids))
        key = pair_hashes(people[row], items[liked.indices])
    else:
        key = known.data
    order = np.lexsort((key, row))
    names = [str(column) for column in range(liked.shape[1])]
    words = [names[column] for column in liked.indices[order]]
    return [words[start:end] for start, end in zip(liked.indptr[:-1], liked.indptr[1:], strict=True)]
