"""MIND (Wu et al., ACL 2020): impressions with clicks (behaviors.tsv), titles and abstracts (news.tsv)."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from core.data.dataset import Did, Origin
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import Table, read_table
from core.work.errors import BadInput
from core.work.report import Report

LICENCE = "Microsoft Research Licence Terms: non-commercial research only"
NOUNS = {"item": "article", "items": "articles", "conversion": "read"}
BEHAVIOURS = ["slate", "user", "timestamp", "history", "shown"]
NEWS = ["item", "category", "subcategory", "title", "text", "address", "title_entities", "abstract_entities"]
_ROW = re.compile(r"\d+\t\S+\t\d+/\d+/\d{4} \d+:\d+:\d+ [AP]M\t[^\t]*\t\S+( \S+)* ?")
_ARTICLE = re.compile(r"\S+\t[^\t]*\t[^\t]*\t[^\t]+\t[^\t]*\t[^\t]*\t(\[.*\])?\t(\[.*\])?")


class Mind(Reader):
    """Impressions with clicks; what people had read before is a history without times."""

    name = "mind"
    label = "MIND news"

    def sure(self, path: Path) -> float:
        return 0.95 if "impressions" in {_kind(one) for one in heads(path)} else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        # A history has no times, so each person's last click is what can be held out.
        raw = Raw(
            path.stem if path.is_file() else path.name,
            Origin(path.name, self.name, LICENCE, nouns=NOUNS, split="leave_last(n=1)"),
        )
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            if kind == "items":
                table = read_table(file, NEWS, delimiter="\t", quotes=False)
                raw.add("items", table.frame.drop(columns=NEWS[5:]).fillna({"text": ""}), table)
            else:
                _behaviours(raw, read_table(file, BEHAVIOURS, delimiter="\t", quotes=False))
        if "items" in raw.tables:
            raw.tables["items"] = raw.tables["items"].drop_duplicates("item", ignore_index=True)
        leave_out(raw, path, files)
        return raw


def _behaviours(raw: Raw, table: Table) -> None:
    rows = table.frame[table.frame["shown"].notna().to_numpy()].reset_index(drop=True)
    lists = rows["shown"].str.split()
    many = np.array([len(one) for one in lists], dtype=np.int64)
    shown = pd.Series(np.concatenate([np.array(one, dtype=object) for one in lists]), dtype="str")
    parts = shown.str.rsplit("-", n=1, expand=True)
    if not len(shown) or parts.shape[1] < 2 or not parts[1].isin(["0", "1"]).all():
        example = "" if not len(shown) else f" ({shown.iloc[0][:40]!r})"
        raise BadInput(
            f"{table.file.name}: what was shown doesn't say what was clicked{example}.",
            "news ids that end in -1 (clicked) or -0.",
            "use the training or validation part.",
        )
    at = np.repeat(np.arange(len(rows)), many)
    times = _times(rows["timestamp"])
    impressions = pd.DataFrame(
        {
            "slate": np.arange(len(rows))[at] + len(raw.tables.get("impressions", ())),
            "user": rows["user"].to_numpy()[at],
            "timestamp": times.to_numpy()[at],
            "position": np.arange(len(shown)) - np.repeat(np.cumsum(many) - many, many) + 1,
            "item": parts[0],
            "clicked": (parts[1] == "1").to_numpy(),
            "purchased": False,
        }
    )
    raw.add("impressions", impressions, table)
    clicks = impressions[impressions["clicked"].to_numpy()]
    before = _history(rows)
    raw.append("interactions", clicks[["user", "item", "timestamp"]].assign(kind="click"))
    raw.append("interactions", before.assign(timestamp=None, kind="history"))
    without = int((~rows["history"].notna()).sum())
    raw.say(
        Did("history", len(before), "articles that people had read before, once each, without times"),
        *([Did("impressions without a history", without, "kept")] if without else []),
    )


def _history(rows: pd.DataFrame) -> pd.DataFrame:
    """user, item: what each person had read before, once each."""
    there = rows[rows["history"].notna().to_numpy()].drop_duplicates(["user", "history"])
    lists = there["history"].str.split()
    items = [item for one in lists for item in one]
    users = np.repeat(there["user"].to_numpy(dtype=object), [len(one) for one in lists])
    return pd.DataFrame({"user": users, "item": items}, dtype="str").drop_duplicates(ignore_index=True)


def _times(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(texts, format="%m/%d/%Y %I:%M:%S %p", errors="coerce", utc=True)


def _kind(seen: Head) -> str:
    """Which of the files this is; "" for none."""
    first = seen.lines[:10]
    if seen.kind != "text" or not first:
        return ""
    if all(map(_ROW.fullmatch, first)):
        return "impressions"
    return "items" if all(map(_ARTICLE.fullmatch, first)) else ""
