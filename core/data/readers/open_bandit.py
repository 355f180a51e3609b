"""Open Bandit (ZOZO, Saito et al. 2021): logged impressions with propensities, {policy}/{campaign}/."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from core.data.dataset import Did, Origin
from core.data.heads import Head, heads
from core.data.ids import as_ids
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import read_table
from core.work.report import Report

LICENCE = "CC BY 4.0 (ZOZO, Inc.)"
LOG = {"timestamp", "item_id", "position", "click", "propensity_score"}
NOUNS = {"item": "product", "items": "products", "conversion": "click"}
PEOPLE = (
    "There are no ids of people: rows with the same user features stand for one person, so a person here is a"
    " kind of people, and nobody has a history. Recommenders can't be compared on it; clicks can."
)


class OpenBandit(Reader):
    """One campaign under one policy, several policies, or all of it."""

    name = "open_bandit"
    label = "Open Bandit"

    def sure(self, path: Path) -> float:
        return 0.95 if any(set(one.columns) >= LOG for one in heads(path, deep=True)) else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(
            path.stem if path.is_file() else path.name,
            Origin(path.name, self.name, LICENCE, description=PEOPLE, nouns=NOUNS),
        )
        seen = heads(path, deep=True)
        logs = [one for one in seen if set(one.columns) >= LOG]
        items = [one for one in seen if _is_items(one)]
        campaigns = {_campaign(one, path) for one in logs}
        for at, one in enumerate(logs):
            report(at / len(logs), f"Reading {one.path.name}")
            prefix = f"{_campaign(one, path)}-" if len(campaigns) > 1 else ""
            _log(raw, one.path, prefix + _policy(one), prefix)
        for one in items:
            prefix = f"{_campaign(one, path)}-" if len(campaigns) > 1 else ""
            _items(raw, one.path, prefix)
        if "items" in raw.tables:
            raw.tables["items"] = raw.tables["items"].drop_duplicates("item", ignore_index=True)
        _people(raw)
        affinity = {name for one in logs for name in one.columns if name.startswith("user-item_affinity")}
        if affinity:
            detail = "affinities of people and items are not read"
            raw.say(Did("columns left out", len(affinity), detail, tuple(sorted(affinity)[:3])))
        leave_out(raw, path, [one.path for one in (*logs, *items)])
        return raw


def _log(raw: Raw, file: Path, policy: str, prefix: str) -> None:
    table = read_table(file)
    frame = table.frame
    features = [column for column in frame if str(column).startswith("user_feature")]
    people = pd.Series(pd.util.hash_pandas_object(frame[features].astype("str"), index=False))
    before = len(raw.tables.get("impressions", ()))
    found = pd.DataFrame(
        {
            "slate": np.arange(len(frame)) + before,  # each row was shown and sampled on its own
            "user": people.map(lambda number: f"like-{number:016x}") if features else "anyone",
            "timestamp": frame["timestamp"],
            "position": frame["position"],
            "item": prefix + frame["item_id"].astype("str"),
            "propensity": frame["propensity_score"],
            "policy": policy,
            "clicked": frame["click"],
            "purchased": False,
        }
    )
    raw.add("impressions", found, table)
    if features:
        raw.append("users", frame[features].assign(user=found["user"]).drop_duplicates("user"))


def _items(raw: Raw, file: Path, prefix: str) -> None:
    table = read_table(file)
    features = [column for column in table.frame if str(column).startswith("item_feature")]
    ids = pd.Series(as_ids(table.frame["item_id"]), index=table.frame.index).astype("str")
    raw.add("items", table.frame[features].assign(item=prefix + ids), table)


def _people(raw: Raw) -> None:
    users = raw.tables.get("users")
    if users is None:
        return
    raw.tables["users"] = users.drop_duplicates("user", ignore_index=True)
    personal = tuple(str(column) for column in users if column != "user")
    raw.origin = replace(raw.origin, personal=personal)
    detail = "no ids of people: rows with the same user features stand for one person"
    raw.say(Did("people stood in for", len(raw.tables["users"]), detail))


def _is_items(seen: Head) -> bool:
    return "item_id" in seen.columns and any(name.startswith("item_feature") for name in seen.columns)


def _campaign(seen: Head, path: Path) -> str:
    """The folder of a file: men, women, all."""
    return seen.path.parent.name if path.is_dir() and seen.path.parent != path else ""


def _policy(seen: Head) -> str:
    """The folder around it: random, bts."""
    folders = [*seen.path.absolute().parents]
    return folders[1].name if len(folders) > 2 and folders[1].name in ("random", "bts") else "logged"
