"""What encoders are worth: `python -m benchmarks.encoders` measures and writes docs/encoders.md.

For each data set and encoder: how often an item's 10 nearest share its category, against chance; and on
MovieLens 100K how much an item's 10 nearest are liked by the same people.
"""

import datetime
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from benchmarks.movielens import folder
from core.content.embed import SHOWN, embed, encoding, neighbours
from core.content.embedding import unit
from core.content.encoders.base import ENCODERS, Encoder, TextEncoder, encoder_of
from core.content.neighbours import Neighbours
from core.content.texts import Content, content_of, first_categories, said
from core.data.load import SAMPLES, Source, load
from core.types import IntArray
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import silent
from core.work.store import Store

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "encoders.md"
MOST = 5_000  # items of a data set: an encoder is measured, not a machine


@dataclass(frozen=True)
class Set:
    """What is measured on: a name, what its items say and show, and who liked what where that is known."""

    name: str
    content: Content
    likes: csr_array | None = None  # (I, U) 1 where a person liked an item


@dataclass(frozen=True)
class Measured:
    """One encoder on one data set; shares 0 to 1."""

    name: str
    encoder: Encoder
    known: int
    seconds: float
    category: float
    chance: float
    together: float | None
    together_chance: float | None


@dataclass(frozen=True)
class Across:
    """How often an encoder finds the translation of a sentence."""

    encoder: Encoder
    what: str
    way: str
    right: int
    of: int


def main() -> int:
    """Measure everything and write the table."""
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(Store(Path(home), 10**10), Inline())
        rows = [row for one in _sets() for row in _measured(desk, one)]
    TABLE.write_text(_page(rows, [*_across()]), "utf-8")
    print(f"written: docs/{TABLE.name}")
    return 0


def _sets() -> Iterator[Set]:
    yield Set("Sample shop", content_of(load(Source(data="shop"))))
    movies = load(
        Source(data=str(folder("ml-100k")), items=str(folder("movie-text") / "items_ml-100k.parquet"))
    )
    yield Set(
        "MovieLens 100K with overviews", content_of(movies), _likes(movies.interactions, movies.catalogue)
    )
    yield Set("MIND small (sample)", content_of(load(Source(data=str(folder("mind-small-sample"))))))
    yield Set("Fashion pictures", _pictures(folder("fashion-images")))


def _likes(log: pd.DataFrame, items: pd.Index) -> csr_array:
    good = log[log["value"] >= 4]
    rows = items.get_indexer(pd.Index(good["item"].astype("str")))
    columns = good["user"].cat.codes.to_numpy()
    return csr_array((np.ones(len(good), np.float32), (rows, columns)), shape=(len(items), columns.max() + 1))


def _pictures(place: Path) -> Content:
    items = pd.read_csv(place / "items.csv", dtype="str").set_index("item").sort_index()
    return Content(
        np.asarray(items.index, dtype=object),
        np.array(said(items, ("title",)), dtype=object),
        first_categories(items.assign(category=items["product_type"])),
        np.full(len(items), np.nan, dtype=np.float32),
        items["image"].to_numpy(dtype=object),
        str(place),
    )


def _measured(desk: Desk, one: Set) -> Iterator[Measured]:
    content = _part(one.content)
    for cls in ENCODERS.all().values():
        encoder = cls()
        try:
            began = time.perf_counter()
            embedding = desk.run(embed, content, settings=encoding(encoder))
            took = time.perf_counter() - began
        except BadInput:
            continue
        found = desk.run(neighbours, embedding, settings=SHOWN)
        category, chance = _same(found, content.categories)
        together = _together(found, one.likes) if one.likes is not None else (None, None)
        known = int(embedding.known.sum())
        made = Measured(one.name, encoder, known, took, category, chance, *together)
        print(f"{one.name}, {encoder.label}: {category:.3f} against {chance:.3f}, {took:.1f} s", flush=True)
        yield made


def _part(content: Content) -> Content:
    if len(content.item_ids) <= MOST:
        return content
    rows = np.sort(np.random.default_rng(0).choice(len(content.item_ids), MOST, replace=False))
    return content.part(rows.astype(np.int32))


def _same(found: Neighbours, categories: np.ndarray) -> tuple[float, float]:
    """Share of the nearest that have the item's category, and of all other items that have it."""
    rows = [row for row in range(len(categories)) if categories[row] and found.items[row, 0] >= 0]
    names, many = np.unique(categories[categories != ""].astype("str"), return_counts=True)
    count = dict(zip(names, many, strict=True))
    same, chance = [], []
    for row in rows:
        others = found.items[row][found.items[row] >= 0]
        same.append(float((categories[others] == categories[row]).mean()))
        chance.append((count[categories[row]] - 1) / (many.sum() - 1))
    return float(np.mean(same)), float(np.mean(chance))


def _together(found: Neighbours, likes: csr_array) -> tuple[float, float]:
    """Mean cosine of who liked an item and who liked its nearest; the same for random other items."""
    length = np.sqrt(np.asarray(likes.sum(axis=1)).ravel())
    vectors = csr_array(likes.multiply(1 / np.where(length > 0, length, 1)[:, None]))
    rng = np.random.default_rng(0)
    near, far = [], []
    for row in np.flatnonzero((length > 0) & (found.items[:, 0] >= 0)).tolist():
        others = found.items[row][found.items[row] >= 0]
        near.append(_cosine(vectors, row, others))
        far.append(_cosine(vectors, row, rng.choice(len(length), len(others)).astype(np.int32)))
    return float(np.mean(near)), float(np.mean(far))


def _cosine(vectors: csr_array, row: int, others: IntArray) -> float:
    return float((vectors[[row]] @ vectors[others].T).toarray().mean())


def _across() -> Iterator[Across]:
    """How often a Chinese sentence of the sample shop finds its translation among 80 English ones."""
    pairs = pd.read_parquet(SAMPLES / "shop" / "truth" / "translations.parquet")
    for name in ("multilingual", "bert"):
        encoder = encoder_of(name)
        assert isinstance(encoder, TextEncoder)
        for what, column in (("names", "title"), ("descriptions", "text")):
            for asked, among in (("zh", "en"), ("en", "zh")):
                one, other = (
                    unit(encoder.vectors(pairs[f"{column}_{language}"].tolist(), silent))
                    for language in (asked, among)
                )
                right = int(((one @ other.T).argmax(axis=1) == np.arange(len(pairs))).sum())
                yield Across(encoder, what, f"{asked} → {among}", right, len(pairs))


def _page(rows: list[Measured], across: list[Across]) -> str:
    today = datetime.datetime.now(datetime.UTC)
    lines = [
        "# What encoders are worth",
        "",
        "Made by `python -m benchmarks.encoders`. *Same category*: how many of an item's 10 nearest have its",
        "first category, as a mean over items; beside it what random other items would give. The category is",
        "not among what is read, but the text CNN learns to tell it: its figures show what it fits, not what",
        "it finds. *Liked together*: mean cosine between the people who rated an item 4 or more and those",
        f"who rated its 10 nearest so. At most {MOST:,} items of a set.",
        "Encoders: [reference/encoders.md](reference/encoders.md).",
        "",
        f"{today:%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| data | encoder | items | same category | chance | liked together | chance | seconds |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
        *(_line(row) for row in rows),
        "",
        "## Across languages",
        "",
        "The sample shop's translated products: how often the nearest sentence of the other language is the",
        "translation of the one that is asked. So a search in another language than English goes to the",
        "multilingual encoder.",
        "",
        "| encoder | what | from → to | right | of |",
        "|---|---|---|---:|---:|",
        *(f"| {one.encoder.label} | {one.what} | {one.way} | {one.right} | {one.of} |" for one in across),
        "",
    ]
    return "\n".join(lines)


def _line(row: Measured) -> str:
    together = ("", "") if row.together is None else (f"{row.together:.3f}", f"{row.together_chance:.3f}")
    cells = (
        row.name,
        row.encoder.label,
        f"{row.known:,}",
        f"{row.category:.1%}",
        f"{row.chance:.1%}",
        *together,
        f"{row.seconds:.1f}",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
