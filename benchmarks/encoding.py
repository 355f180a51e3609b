"""BERT against sentence-transformers at its best, Word2Vec against bare gensim, and a second visit."""

import tempfile
from pathlib import Path

from benchmarks.measure import Row, paired, seconds
from core.content.embed import embed, encoding
from core.content.encoders.bert import Bert, loaded
from core.content.encoders.word2vec import Word2Vec
from core.content.texts import content_of
from core.content.tokens import telling
from core.data.load import Source, load
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.report import silent
from core.work.store import Store

TEXTS = 200
BATCHES = (8, 16, 32, 64)


def run() -> list[Row]:
    """On the texts of the sample shop, in one process with the same threads."""
    content = content_of(load(Source(data="shop")))
    texts = [str(text) for text in content.texts[:TEXTS]]
    return [_bert(texts), _word2vec([telling(str(text)) for text in content.texts]), _again(content)]


def _bert(texts: list[str]) -> Row:
    model = loaded(Bert().model)

    def bare(batch: int) -> None:
        model.encode(texts, batch_size=batch, normalize_embeddings=True, show_progress_bar=False)

    best = min(BATCHES, key=lambda batch: seconds(lambda: bare(batch), times=1))
    ours, peer = paired(lambda: Bert().vectors(texts, silent), lambda: bare(best), times=3)
    return Row(
        f"BERT, {len(texts)} texts of the sample shop",
        f"{len(texts) / ours:.0f} a second",
        f"{len(texts) / peer:.0f} a second: sentence-transformers, batches of {best}",
        ours / peer,
        1 / 0.95,
        "seconds by seconds; the peer's best of four batch sizes",
    )


def _word2vec(documents: list[list[str]]) -> Row:
    from gensim.models import Word2Vec as Gensim

    chosen = Word2Vec()

    def bare() -> None:
        Gensim(
            documents,
            vector_size=chosen.size,
            window=chosen.window,
            min_count=chosen.min_count,
            sg=1,
            epochs=chosen.epochs,
            seed=chosen.seed,
            workers=1,
        )

    ours, peer = paired(lambda: chosen.words(documents, silent), bare, times=5)
    return Row(
        f"Word2Vec, {len(documents)} texts",
        f"{ours:.2f} s",
        f"{peer:.2f} s: bare gensim",
        ours / peer,
        1.05,
        "the same settings, one thread",
    )


def _again(content: object) -> Row:
    with tempfile.TemporaryDirectory() as home:
        Desk(Store(Path(home), 10**9), Inline()).run(embed, content, settings=encoding(Bert()))
        took = seconds(
            lambda: Desk(Store(Path(home), 10**9), Inline()).run(embed, content, settings=encoding(Bert())),
            times=3,
        )
    return Row("An embedding that is kept, read again", f"{took * 1000:.0f} ms", "1 s: limit", took, 1.0)
