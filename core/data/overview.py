"""A data set at a glance: what its columns mean, how it is spread, and what it allows."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from core.data.columns import INTERACTION, ITEM, roles
from core.data.dataset import COLUMNS, INDEXED, OPTIONAL, Dataset
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

EXAMPLES = 3
SHARED_BY = 5  # a value of a personal column is shown only where so many people have it
POINTS = 200  # of a curve
FEW = 1_000  # rows among which three different values are usually found
DAYS = 400  # a longer history is counted by month
STAGES = ("impression", "view", "click", "cart", "purchase")
USUAL_SHARE = 0.95  # of rows with times, from which a split by time makes sense


@artifact
@dataclass(frozen=True)
class Meaning:
    """A column, what it is taken for, and three of its values."""

    table: str
    column: str  # its name in the data set
    source: str  # its name in the file
    kind: str  # id, time, label, number, text, count, flag; "" for a column that keeps its own meaning
    personal: bool
    examples: tuple[str, ...]
    filled: float  # share of rows that have a value


@artifact
@dataclass(frozen=True)
class Stage:
    """A kind of event: how many there are, and of how many people."""

    kind: str
    events: int
    people: int


@artifact
@dataclass(frozen=True)
class Spread:
    """How activity or popularity is spread: a curve, and what it says in figures."""

    curve: (
        pd.DataFrame
    )  # share (of people or items, the busiest first), count, cumulated (share of all events)
    n: int
    median: float
    most: int
    top_tenth: float  # share of all events that the busiest tenth has
    once: int  # how many have a single event


@artifact
@dataclass(frozen=True)
class Allowed:
    """What the data set allows, as facts from which a page makes its sentences."""

    timed: float  # share of interactions with a time
    rated: float  # share with a rating
    kinds: tuple[str, ...]
    impressions: int
    propensities: float  # share of impressions with a propensity
    texts: int  # items with a title, text, category or tags
    pictures: int
    searches: int
    reviews: int
    given: bool  # train and test came with the files


@artifact
@dataclass(frozen=True)
class Overview:
    """Everything that the Data page shows of a data set before any comparison."""

    meanings: tuple[Meaning, ...]
    activity: Spread
    popularity: Spread
    days: pd.DataFrame  # start, kind, events
    by_month: bool
    funnel: tuple[Stage, ...]
    sparsity: float  # share of all person × item pairs that never met
    first: datetime | None
    last: datetime | None
    allowed: Allowed


@step(version=1)
def overview(dataset: Dataset, *, settings: None, report: Report) -> Overview:  # noqa: ARG001
    """Count what is in the data."""
    report(0.1, "Columns")
    columns = meanings(dataset)
    report(0.5, "Curves")
    user, item = _all(dataset, "user"), _all(dataset, "item")
    pairs = np.unique(
        user.cat.codes.to_numpy() * np.int64(len(item.cat.categories)) + item.cat.codes.to_numpy()
    )
    report(0.8, "Days")
    days, by_month = events_by_day(dataset)
    counts = dataset.counts
    times = pd.concat([dataset.interactions["timestamp"], dataset.impressions["timestamp"]]).dropna()
    return Overview(
        meanings=columns,
        activity=spread(user),
        popularity=spread(item),
        days=days,
        by_month=by_month,
        funnel=funnel(dataset),
        sparsity=1 - len(pairs) / max(counts["users"] * counts["items"], 1),
        first=times.min().to_pydatetime() if len(times) else None,
        last=times.max().to_pydatetime() if len(times) else None,
        allowed=allowed(dataset),
    )


def meanings(dataset: Dataset) -> tuple[Meaning, ...]:
    """Each column of each table that has rows: what it is taken for and three of its values."""
    known = _names_in_files(dataset)
    found = []
    for table in COLUMNS:
        frame: pd.DataFrame = getattr(dataset, table)
        if frame.empty:
            continue
        kinds = COLUMNS[table] | OPTIONAL.get(table, {})
        frame = frame.reset_index() if table in INDEXED else frame
        for column in map(str, frame.columns):
            kind = "id" if column == INDEXED.get(table) else kinds.get(column, "")
            there = _present(frame[column])
            if there.empty and kind:
                continue  # a column that every data set has, but this one does not use
            personal = table == "users" and column in dataset.origin.personal
            examples = _examples(there, personal=personal)
            source = known.get((table, column), column)
            found.append(Meaning(table, column, source, kind, personal, examples, len(there) / len(frame)))
    return tuple(found)


def _names_in_files(dataset: Dataset) -> dict[tuple[str, str], str]:
    """(table, role) → the column's own name, where a table with usual names was read."""
    found: dict[tuple[str, str], str] = {}
    if dataset.origin.reader not in ("generic", "given"):
        return found
    for file in dataset.origin.files:
        log = {"user", "item"} <= set(roles(file.columns, ("user", "item")))
        table, wanted = ("interactions", INTERACTION) if log else ("items", ITEM)
        for role, column in roles(file.columns, wanted).items():
            found.setdefault((table, role), column)
    return found


def _present(column: pd.Series) -> pd.Series:
    """The values that are there: neither missing nor empty text."""
    there = column[column.notna().to_numpy()]
    if isinstance(there.dtype, pd.CategoricalDtype) or not pd.api.types.is_string_dtype(there.dtype):
        return there
    return there[(there != "").to_numpy()]


def _examples(column: pd.Series, personal: bool) -> tuple[str, ...]:
    """Three different values; of a personal column only such as several people share."""
    if personal:
        counts = column.value_counts()
        return tuple(_short(value) for value in counts[counts >= SHARED_BY].index[:EXAMPLES])
    few = column.head(FEW).drop_duplicates()
    return tuple(
        _short(value) for value in (few if len(few) >= EXAMPLES else column.drop_duplicates()).head(EXAMPLES)
    )


def _short(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float | np.floating):
        return f"{value:g}"
    return str(value)[:80]


def _all(dataset: Dataset, column: str) -> pd.Series:
    """Ids of all events: the interactions, or the impressions where there is nothing else."""
    frame = dataset.interactions if len(dataset.interactions) else dataset.impressions
    return frame[column]


def spread(ids: pd.Series) -> Spread:
    """How events are spread over people or items, the busiest first.

    >>> found = spread(pd.Series(list("aaab")).astype("category"))
    >>> found.n, found.median, found.most, found.once
    (2, 2.0, 3, 1)
    """
    counts = np.sort(np.bincount(ids.cat.codes.to_numpy()[ids.cat.codes.to_numpy() >= 0]))[::-1]
    counts = counts[counts > 0]
    if not len(counts):
        return Spread(pd.DataFrame({"share": [], "count": [], "cumulated": []}), 0, 0.0, 0, 0.0, 0)
    cumulated = np.cumsum(counts) / counts.sum()
    at = np.unique(np.linspace(0, len(counts) - 1, min(POINTS, len(counts))).round().astype(int))
    curve = pd.DataFrame({"share": (at + 1) / len(counts), "count": counts[at], "cumulated": cumulated[at]})
    tenth = max(1, round(len(counts) / 10))
    return Spread(
        curve,
        len(counts),
        float(np.median(counts)),
        int(counts[0]),
        float(cumulated[tenth - 1]),
        int((counts == 1).sum()),
    )


def events_by_day(dataset: Dataset) -> tuple[pd.DataFrame, bool]:
    """start, kind, events for each day (or each month of a long history), and whether it is by month.

    Times far from all others (1 in 1,000 at either end) decide nothing about the unit, but are counted.
    """
    log, rows = dataset.impressions["timestamp"], dataset.interactions
    kinds = (
        rows["kind"].cat.categories.tolist()
        if "impression" in rows["kind"].cat.categories
        else [*rows["kind"].cat.categories, "impression"]
    )
    kind = np.concatenate([rows["kind"].cat.codes, np.full(len(log), kinds.index("impression"))])
    times = pd.concat([rows["timestamp"], log], ignore_index=True).dt.tz_localize(None)
    kept = times.notna().to_numpy() & (kind >= 0)
    times, kind = times[kept].to_numpy("datetime64[s]"), kind[kept]
    if not len(times):
        return pd.DataFrame({"start": pd.Series(dtype="datetime64[s]"), "kind": [], "events": []}), False
    early, late = np.quantile(times.astype(np.int64), [0.001, 0.999])
    by_month = bool(late - early > DAYS * 86_400)
    start = times.astype("datetime64[M]" if by_month else "datetime64[D]").astype("datetime64[s]")
    days, day = np.unique(start, return_inverse=True)
    cells, events = np.unique(day * len(kinds) + kind, return_counts=True)
    names = np.array(kinds, dtype=object)[cells % len(kinds)]
    return pd.DataFrame({"start": days[cells // len(kinds)], "kind": names, "events": events}), by_month


def funnel(dataset: Dataset) -> tuple[Stage, ...]:
    """Events and people of each kind, in the order in which a person comes to them, then by number."""
    rows = dataset.interactions
    user, kind = rows["user"].cat.codes.to_numpy(), rows["kind"].cat.codes.to_numpy()
    found = []
    for code, name in enumerate(rows["kind"].cat.categories):
        people = user[kind == code]
        if len(people):
            found.append(Stage(str(name), len(people), len(np.unique(people))))
    if len(dataset.impressions):
        shown = dataset.impressions["user"].cat.codes.to_numpy()
        found.append(Stage("impression", len(shown), len(np.unique(shown))))
    last = len(STAGES)
    return tuple(
        sorted(found, key=lambda one: (STAGES.index(one.kind) if one.kind in STAGES else last, -one.events))
    )


def allowed(dataset: Dataset) -> Allowed:
    """What can be measured and fitted on the data set."""
    rows, log, items = dataset.interactions, dataset.impressions, dataset.items
    texts = np.zeros(len(items), dtype=bool)
    for column in ("title", "text", "category", "tags"):
        texts |= (items[column].astype("str").fillna("") != "").to_numpy()
    return Allowed(
        timed=dataset.timed,
        rated=float(rows["value"].notna().mean()) if len(rows) else 0.0,
        kinds=tuple(map(str, rows["kind"].cat.categories)),
        impressions=len(log),
        propensities=float(log["propensity"].notna().mean()) if len(log) else 0.0,
        texts=int(texts.sum()),
        pictures=int((items["image"].astype("str").fillna("") != "").sum()),
        searches=len(dataset.searches),
        reviews=len(dataset.reviews),
        given="part" in rows,
    )
