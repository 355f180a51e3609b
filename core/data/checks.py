"""Checks of a data set: what to know before comparing recommenders on it. Each a line with a verdict."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

FEW_EACH = 5  # interactions, below which a person or an item is hardly known
MANY_FEW = 0.5  # share of people with few interactions from which it is a warning
BOT_TIMES = 50  # as busy as so many usual people (and BOT_LEAST) looks like a machine
BOT_LEAST = 1_000
SAME_MOMENT = 20  # interactions of one person in one second
SEVERAL = 0.01  # share of repeated pairs from which it is worth a word


@artifact
@dataclass(frozen=True)
class DataCheck:
    """A check, its verdict (ok, note or warning), what was found, how often, and three examples."""

    check: str
    verdict: Literal["ok", "note", "warning"]
    detail: str
    count: int = 0
    examples: tuple[str, ...] = ()


@step(version=2)
def checked(dataset: Dataset, *, settings: None, report: Report) -> tuple[DataCheck, ...]:  # noqa: ARG001
    """Check the data."""
    report(0.1, "Checking")
    return data_checks(dataset)


def data_checks(dataset: Dataset, now: datetime | None = None) -> tuple[DataCheck, ...]:
    """All checks of a data set; `now` is the moment after which times are in the future."""
    return (
        *_as_written(dataset),
        _duplicates(dataset),
        _repeated_pairs(dataset),
        *_future(dataset, now or datetime.now(UTC)),
        *_without_metadata(dataset),
        *_unused_metadata(dataset),
        _constant(dataset),
        _few(dataset, "user", "people"),
        _few(dataset, "item", "items"),
        _bots(dataset),
    )


def _as_written(dataset: Dataset) -> list[DataCheck]:
    """What could not be read as it stands in the files: rows left out, quotes that don't close, encodings.

    A column that stands twice in a header is none of these: such a file is refused.
    """
    said = {
        step: [did for did in dataset.origin.cleaning if did.step == step]
        for step in ("malformed rows", "quotes", "encoding")
    }
    rows, quotes, encodings = said.values()
    found = []
    if count := sum(did.count for did in rows):
        examples = tuple(example for did in rows for example in did.examples)[:3]
        detail = f"{count:,} rows could not be read and were left out"
        found.append(DataCheck("unreadable rows", "warning", detail, count, examples))
    else:
        found.append(DataCheck("unreadable rows", "ok", "every row could be read"))
    if quotes:
        detail = f"quotes of {len(quotes)} files don't close: they were read as plain characters"
        found.append(DataCheck("open quotes", "warning", detail, len(quotes)))
    if encodings:
        detail = f"{len(encodings)} files are not UTF-8: their encoding was told by their content"
        examples = tuple(example for did in encodings for example in did.examples)[:3]
        found.append(DataCheck("encoding", "note", detail, len(encodings), examples))
    return found


def _duplicates(dataset: Dataset) -> DataCheck:
    """Rows that are still there twice: cleaning drops them unless it is told not to."""
    dropped = [
        did for did in dataset.origin.cleaning if did.cleaner == "duplicates" and did.detail == "dropped"
    ]
    again = dataset.interactions.duplicated()
    count = int(again.sum())
    if count:
        examples = _rows(dataset.interactions[again.to_numpy()])
        return DataCheck("duplicates", "warning", f"{count:,} rows repeat another", count, examples)
    gone = sum(did.count for did in dropped)
    if not gone:
        return DataCheck("duplicates", "ok", "no row repeats another")
    examples = tuple(example for did in dropped for example in did.examples)[:3]
    return DataCheck("duplicates", "note", f"{gone:,} rows repeated another and were dropped", gone, examples)


def _repeated_pairs(dataset: Dataset) -> DataCheck:
    frame = dataset.interactions
    again = frame.duplicated(["user", "item"]).to_numpy() if len(frame) else np.zeros(0, dtype=bool)
    count = int(again.sum())
    if count <= SEVERAL * len(frame):
        detail = f"{count:,} rows are of a person and an item that met before"
        return DataCheck("repeated pairs", "ok", detail, count)
    detail = (
        f"{count:,} of {len(frame):,} rows are of a person and an item that met before: the matrix counts a"
        " pair once, and what was seen in training is not recommended again"
    )
    return DataCheck("repeated pairs", "note", detail, count, _rows(frame[again]))


def _future(dataset: Dataset, now: datetime) -> list[DataCheck]:
    times = pd.concat(
        [dataset.interactions["timestamp"], dataset.impressions["timestamp"]], ignore_index=True
    )
    if not times.notna().any():
        return [DataCheck("future times", "note", "there are no times: what happened first is not known")]
    late = times[(times > pd.Timestamp(now)).to_numpy()]
    if late.empty:
        return [DataCheck("future times", "ok", f"the last time is {times.max():%Y-%m-%d %H:%M}")]
    detail = f"{len(late):,} rows lie in the future: a split by time holds them out first"
    return [
        DataCheck(
            "future times",
            "warning",
            detail,
            len(late),
            tuple(f"{one:%Y-%m-%d %H:%M}" for one in late.head(3)),
        )
    ]


def _without_metadata(dataset: Dataset) -> list[DataCheck]:
    if dataset.items.empty:
        return [
            DataCheck(
                "items without details",
                "note",
                "there are no details of items: methods that read text can't help",
            )
        ]
    missing = dataset.item_ids[~dataset.item_ids.isin(dataset.items.index)]
    if not len(missing):
        return [DataCheck("items without details", "ok", "every item of the log has details")]
    share = len(missing) / len(dataset.item_ids)
    detail = f"{len(missing):,} of {len(dataset.item_ids):,} items of the log have no details ({share:.0%})"
    return [DataCheck("items without details", "warning", detail, len(missing), tuple(missing[:3]))]


def _unused_metadata(dataset: Dataset) -> list[DataCheck]:
    if dataset.items.empty:
        return []
    unused = dataset.items.index[~dataset.items.index.isin(dataset.item_ids)]
    if not len(unused):
        return [DataCheck("items without interactions", "ok", "every item with details is in the log")]
    detail = f"{len(unused):,} of {len(dataset.items):,} items with details are not in the log: unmet"
    return [DataCheck("items without interactions", "note", detail, len(unused), tuple(map(str, unused[:3])))]


def _constant(dataset: Dataset) -> DataCheck:
    """Columns with a single value say nothing; a constant rating often means that it was filled in."""
    found = []
    frame = dataset.interactions
    if len(frame) and frame["value"].notna().any() and frame["value"].nunique() == 1:
        found.append(f"rating is always {frame['value'].dropna().iloc[0]:g}")
    for table in ("items", "users"):
        details: pd.DataFrame = getattr(dataset, table)
        for column in details.columns if len(details) > 1 else []:
            there = details[column].dropna()
            there = there[(there.astype("str") != "").to_numpy()]
            if len(there) > 1 and there.nunique() == 1:
                found.append(f"{column} of {table} is always {str(there.iloc[0])[:40]!r}")
    if not found:
        return DataCheck("constant columns", "ok", "no column has a single value")
    detail = f"{len(found)} columns have a single value and say nothing: {'; '.join(found[:3])}"
    return DataCheck("constant columns", "note", detail, len(found), tuple(found[:3]))


def _few(dataset: Dataset, column: str, what: str) -> DataCheck:
    ids, counts = _counts(dataset, column)
    few = counts < FEW_EACH
    name = f"too few interactions of {what}"
    if not len(counts):
        return DataCheck(name, "note", "there is nothing to count")
    share = float(few.mean())
    detail = (
        f"{int(few.sum()):,} of {len(counts):,} {what} have fewer than {FEW_EACH} interactions ({share:.0%})"
    )
    examples = tuple(f"{one}: {count}" for one, count in zip(ids[few][:3], counts[few][:3], strict=True))
    verdict: Literal["ok", "warning"] = "warning" if share > MANY_FEW else "ok"
    return DataCheck(name, verdict, detail, int(few.sum()), examples)


def _bots(dataset: Dataset) -> DataCheck:
    """People who are far busier than others, or do many things within one second."""
    ids, counts = _counts(dataset, "user")
    if not len(counts):
        return DataCheck("bot-like people", "ok", "there is nobody to look at")
    busy = counts >= max(BOT_LEAST, BOT_TIMES * float(np.median(counts)))
    at_once = _at_once(dataset, ids)
    found = np.flatnonzero(busy | (at_once >= SAME_MOMENT))
    if not len(found):
        return DataCheck("bot-like people", "ok", f"the busiest has {int(counts.max()):,} interactions")
    order = found[np.argsort(-counts[found], kind="stable")]
    examples = tuple(
        f"{ids[at]}: {counts[at]:,} interactions, up to {at_once[at]} in one second" for at in order[:3]
    )
    share = counts[found].sum() / counts.sum()
    detail = (
        f"{len(found):,} people have {share:.1%} of all interactions: each at least {BOT_TIMES} times the"
        f" usual number, or {SAME_MOMENT} and more within one second"
    )
    return DataCheck("bot-like people", "warning", detail, len(found), examples)


def _at_once(dataset: Dataset, ids: pd.Index) -> np.ndarray:
    """For each person, the most interactions within one second (0 without times)."""
    frame = dataset.interactions
    most = np.zeros(len(ids), dtype=np.int64)
    times = frame["timestamp"]
    there = times.notna().to_numpy()
    if not there.any():
        return most
    seconds = times[there].astype("int64").to_numpy() // 1_000_000
    # Whole days are dates, not moments.
    if (seconds % 86_400 == 0).all():
        return most
    people = ids.get_indexer(frame["user"].cat.categories)[frame["user"].cat.codes.to_numpy()[there]]
    pairs = pd.DataFrame({"user": people, "at": seconds}).value_counts(sort=False)
    np.maximum.at(most, pairs.index.get_level_values("user").to_numpy(), pairs.to_numpy())
    return most


def _counts(dataset: Dataset, column: str) -> tuple[pd.Index, np.ndarray]:
    """Ids that occur, and how often: in the interactions, or in impressions where there are none."""
    frame = dataset.interactions if len(dataset.interactions) else dataset.impressions
    codes = frame[column].cat.codes.to_numpy()
    counts = np.bincount(codes[codes >= 0], minlength=len(frame[column].cat.categories))
    there = np.flatnonzero(counts)
    return frame[column].cat.categories[there], counts[there]


def _rows(frame: pd.DataFrame) -> tuple[str, ...]:
    few = frame.head(3)
    return tuple(f"user {user}, item {item}" for user, item in zip(few["user"], few["item"], strict=True))
