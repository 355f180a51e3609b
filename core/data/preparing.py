"""Between reading and cleaning: what logs say of items, what events mean, what was shown."""

from dataclasses import replace

import numpy as np
import pandas as pd

from core.data.dataset import Did
from core.data.events_named import Events, mean, negative
from core.data.ids import as_ids
from core.data.readers.base import Raw
from core.data.times import as_times

OURS = ("touchstone",)  # readers whose events have their meanings already
WITHIN = pd.Timedelta(hours=24)  # after being shown, in which a click or a purchase counts for it


def prepared(raw: Raw, events: Events) -> Raw:
    """Raw tables whose events have their meanings; BadInput where something is said of none of them."""
    _with_details(raw)
    log = raw.tables.get("interactions")
    if log is None or (raw.origin.reader in OURS and not events.said):
        return raw
    log, did, found = mean(log, events)
    raw.say(*did)
    raw.origin = replace(raw.origin, events=tuple(found))
    if "kind" in log:
        log = _shown(raw, log)
        if not raw.origin.positive and negative(log).any():
            raw.origin = replace(raw.origin, positive="kind != negative")
    raw.tables["interactions"] = log
    return raw


def _with_details(raw: Raw) -> None:
    """Details of items that stand in the log: the first that is given of each; a table of items wins."""
    if not raw.details:
        return
    first = None
    for frame in raw.details:
        ids = pd.Series(as_ids(frame["item"]), index=frame.index)
        known = frame.assign(item=ids.astype("str"))[ids.notna().to_numpy()]
        details = known.groupby("item", sort=True).first()
        first = details if first is None else first.combine_first(details)
    raw.details = []
    if first is None:
        return
    if "items" not in raw.tables:
        raw.tables["items"] = first.reset_index()
        return
    items = raw.tables["items"]
    ids = pd.Series(as_ids(items["item"]), index=items.index).astype("str")
    if not ids.is_unique or ids.isna().any():
        return  # cleaning says what is wrong with it
    items = items.assign(item=ids).set_index("item")
    raw.tables["items"] = items.combine_first(first.loc[first.index.isin(items.index)]).reset_index()


def _shown(raw: Raw, log: pd.DataFrame) -> pd.DataFrame:
    """The log without its impressions, which become a table of their own with what followed on each."""
    shown = (log["kind"] == "impression").to_numpy(dtype=bool, na_value=False)
    if not shown.any():
        return log
    frame = log[shown].reset_index(drop=True)
    rest = log[~shown].reset_index(drop=True)
    times, _ = (
        as_times(frame["timestamp"]) if "timestamp" in frame else (pd.Series(pd.NaT, frame.index), None)
    )
    before = len(raw.tables.get("impressions", ()))
    found = pd.DataFrame(
        {
            "slate": np.arange(len(frame)) + before,
            "user": frame["user"],
            "timestamp": times,
            "position": frame.get("position", 1),
            "item": frame["item"],
            "policy": "logged",
            "clicked": _followed(frame, times, rest, ("click", "purchase")),
            "purchased": _followed(frame, times, rest, ("purchase",)),
        }
    )
    raw.append("impressions", found)
    clicked, bought = int(found["clicked"].sum()), int(found["purchased"].sum())
    detail = (
        f"followed by a click {clicked:,} and by a purchase {bought:,} times within 24 hours; each counts for"
        " the last time that the item was shown to the person before"
    )
    raw.say(Did("impressions", len(found), detail))
    return rest


def _followed(
    frame: pd.DataFrame, times: pd.Series, rest: pd.DataFrame, kinds: tuple[str, ...]
) -> np.ndarray:
    """(N,) bool: which impressions are the last one of their pair before an event of these kinds."""
    events = rest[rest["kind"].isin(kinds).to_numpy()]
    hit = np.zeros(len(frame), dtype=bool)
    if events.empty:
        return hit
    pairs = pd.concat([frame[["user", "item"]], events[["user", "item"]]], ignore_index=True).astype("str")
    codes = pairs.groupby(["user", "item"], sort=False).ngroup().to_numpy()
    shown, followed = codes[: len(frame)], codes[len(frame) :]
    if "timestamp" not in rest or times.isna().all():
        return np.isin(shown, followed)
    left = pd.DataFrame({"pair": followed, "at": as_times(events["timestamp"])[0].to_numpy()}).dropna()
    right = pd.DataFrame({"pair": shown, "at": times.to_numpy(), "row": np.arange(len(frame))}).dropna()
    found = pd.merge_asof(
        left.sort_values("at"),
        right.sort_values("at"),
        on="at",
        by="pair",
        direction="backward",
        tolerance=WITHIN,
    )
    hit[found["row"].dropna().to_numpy(dtype=np.int64)] = True
    return hit
