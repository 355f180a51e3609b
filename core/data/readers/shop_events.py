"""Event logs of shops: REES46 (view, cart, purchase) and RetailRocket (view, addtocart, transaction)."""

from pathlib import Path

import pandas as pd

from core.data.columns import plain
from core.data.dataset import Did, Origin
from core.data.heads import Head, heads
from core.data.ids import as_ids
from core.data.readers.base import Raw, Reader, leave_out
from core.data.readers.generic import distinct
from core.data.tables import Table, read_table
from core.work.report import Report

NOUNS = {"item": "product", "items": "products", "conversion": "purchase"}
# What tells each log, and its columns under our names.
REES46 = {
    "user_id": "user",
    "user": "user",
    "product_id": "item",
    "item": "item",
    "event_type": "kind",
    "event": "kind",
    "event_time": "timestamp",
    "timestamp": "timestamp",
    "user_session": "session",
    "session": "session",
}
RETAILROCKET = {"visitorid": "user", "itemid": "item", "event": "kind", "timestamp": "timestamp"}
ABOUT = ("category_code", "category_id", "brand", "price")
_PROPERTIES = {"timestamp", "itemid", "property", "value"}


class ShopEvents(Reader):
    """One row an event; what the log says of its products becomes their details."""

    name = "shop_events"
    label = "Shop events (REES46, RetailRocket)"

    def sure(self, path: Path) -> float:
        return 0.9 if any(_kind(one) in ("rees46", "retailrocket") for one in heads(path)) else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.stem if path.is_file() else path.name, Origin(path.name, self.name, nouns=NOUNS))
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file)
            if kind == "properties":
                _properties(raw, table)
                continue
            names = REES46 if kind == "rees46" else RETAILROCKET
            log = table.frame.rename(
                columns={c: names[plain(str(c))] for c in table.frame if plain(str(c)) in names}
            )
            about = [column for column in ABOUT if column in log]
            rest = [column for column in log if column not in names.values()]
            raw.add("interactions", distinct(log[[*dict.fromkeys(names.values())]], log[rest]), table)
            if about:
                raw.details.append(log[["item", *about]].rename(columns={"category_code": "category"}))
        leave_out(raw, path, files)
        return raw


def _properties(raw: Raw, table: Table) -> None:
    """RetailRocket hashes what it says of products; the category is the one property that can be read."""
    frame = table.frame.rename(columns=lambda column: plain(str(column)))  # as it was recognised by
    kept = frame[(frame["property"] == "categoryid").to_numpy()]
    latest = kept.sort_values("timestamp", kind="stable").drop_duplicates("itemid", keep="last")
    items = pd.Series(as_ids(latest["itemid"]), index=latest.index).astype("str")
    raw.details.append(pd.DataFrame({"item": items, "category": latest["value"]}))
    raw.note(table.file, *table.did)
    detail = f"{table.file.name}: properties other than the category are hashed and were left out"
    raw.say(Did("properties left out", len(frame) - len(kept), detail))


def _kind(seen: Head) -> str:
    there = {plain(column) for column in seen.columns}
    if not seen.kind:
        return ""
    if there >= _PROPERTIES and len(there) == len(_PROPERTIES):
        return "properties"
    if there >= set(RETAILROCKET) and "transactionid" in there:
        return "retailrocket"
    person, product = there & {"user_id", "user"}, there & {"product_id", "item"}
    session = there & {"user_session", "session"}
    event, time = there & {"event_type", "event"}, there & {"event_time", "timestamp"}
    about = there & {"category_code", "category_id", "brand"}
    return "rees46" if person and product and session and event and time and about else ""
