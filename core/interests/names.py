"""Names that people gave to topics: kept with each topic's words, so that they outlive a refit."""

import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from core.data.load import Source
from core.interests.topics import Topics
from core.types import FloatArray
from core.work import kept_json
from core.work.errors import BadInput
from core.work.settings import settings

MOST = 1_000  # names of an installation
LONGEST = 60  # characters of a name
WORDS = 20  # the likeliest of a topic, by which it is known again
ALIKE = 0.5  # cosine above which a topic takes a kept name over
SAME = 0.95  # cosine above which it is the topic that the name was given to
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Named:
    """A name, and the likeliest words of the topic that it was given to."""

    name: str
    data: str  # the data set's key on the pages
    marks: tuple[str, ...]  # of the files that the data set is read from
    kind: str  # of the topics: "text" or "items"
    words: dict[str, float]  # word → likelihood in the topic


def names_file() -> Path:
    """Where this installation keeps the names of topics."""
    return settings().home / "topic_names.json"


def names(data: str, topics: Topics) -> dict[int, str]:
    """Row of a topic → the name that was given to it, or to the topic of an earlier fit that is most like it.

    A name goes to the topic that is most like it, by the cosine of the likelihoods of their 20 likeliest
    words, above .5. Where two names want one topic, the one that is more like it has it; the other rests.
    """
    kept = _of(data, topics)
    return {row: kept[at].name for at, row in _pairs(_cosines(kept, topics))}


def keep(name: str, data: str, source: Source, topics: Topics, row: int) -> Named:
    """Names a topic, in place of a name that was given to this very topic. Raises BadInput without one."""
    called = " ".join(name.split())[:LONGEST]
    if not called or not called.isprintable():
        raise BadInput(
            "A topic needs a name.", f"at most {LONGEST} characters that can be read.", "write one."
        )
    made = Named(called, data, tuple(sorted(source.lineage)), topics.kind, _likeliest(topics, row))
    with _LOCK:
        kept = _of(data, topics)
        cosines = _cosines(kept, topics)[:, row]
        same = [one for one, cosine in zip(kept, cosines, strict=True) if cosine > SAME]
        _write([*(one for one in _read() if one not in same), made][-MOST:])
    return made


def drop(data: str, topics: Topics, row: int) -> None:
    """Lets the name go that a topic shows."""
    with _LOCK:
        kept = _of(data, topics)
        gone = [kept[at] for at, place in _pairs(_cosines(kept, topics)) if place == row]
        _write([one for one in _read() if one not in gone])


def forget(marks: Collection[str]) -> int:
    """Lets go every name of a topic of data with these marks; how many there were."""
    with _LOCK:
        before = _read()
        kept = [one for one in before if set(marks).isdisjoint(one.marks)]
        if len(kept) < len(before):
            _write(kept)
        return len(before) - len(kept)


def _of(data: str, topics: Topics) -> list[Named]:
    return [one for one in _read() if (one.data, one.kind) == (data, topics.kind)]


def _cosines(kept: list[Named], topics: Topics) -> FloatArray:
    """(N, K) how alike the likeliest words of N kept names and of K topics are, 0 to 1."""
    if not kept:
        return np.zeros((0, len(topics.ids)))
    columns = [_likeliest(topics, row) for row in range(len(topics.ids))]
    words = pd.Index(sorted({word for one in (*columns, *(each.words for each in kept)) for word in one}))

    def unit(rows: list[dict[str, float]]) -> FloatArray:
        made = np.zeros((len(rows), len(words)))
        for at, row in enumerate(rows):
            made[at, words.get_indexer(pd.Index(list(row)))] = list(row.values())
        long = np.linalg.norm(made, axis=1, keepdims=True)
        return made / np.where(long > 0, long, 1)

    return unit([one.words for one in kept]) @ unit(columns).T


def _pairs(cosines: FloatArray) -> list[tuple[int, int]]:
    """Rows and the columns that are most like them, above ALIKE; a column takes the row most like it."""
    found: dict[int, int] = {}
    for row, column in enumerate(cosines.argmax(axis=1) if cosines.size else ()):
        rival = found.get(int(column))
        if cosines[row, column] > ALIKE and (
            rival is None or cosines[row, column] >= cosines[rival, column]  # of equals the later one
        ):
            found[int(column)] = row
    return [(row, column) for column, row in found.items()]


def _likeliest(topics: Topics, row: int) -> dict[str, float]:
    likelihood = topics.likelihood[row]
    many = min(WORDS, len(likelihood))
    best = np.argpartition(-likelihood, many - 1)[:many]
    best = best[np.lexsort((best, -likelihood[best]))]
    return {str(topics.words[at]): float(likelihood[at]) for at in best if likelihood[at] > 0}


def _read() -> list[Named]:
    return kept_json.read(names_file(), _made, [])


def _made(found: Any) -> list[Named]:
    return [
        Named(
            str(one["name"]),
            str(one["data"]),
            tuple(one["marks"]),
            str(one["kind"]),
            {str(word): float(likelihood) for word, likelihood in one["words"].items()},
        )
        for one in found
    ]


def _write(kept: list[Named]) -> None:
    kept_json.write(names_file(), [asdict(one) for one in kept])
