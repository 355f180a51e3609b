"""Yoochoose (RecSys Challenge 2015): clicks and buys of anonymous sessions, without a header."""

import re
from pathlib import Path

from core.data.dataset import Did, Origin
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.readers.generic import SESSIONS
from core.data.tables import read_table
from core.work.report import Report

LICENCE = "CC BY-NC-ND 4.0 (YOOCHOOSE)"
NOUNS = {"item": "product", "items": "products", "person": "session", "people": "sessions"}
_CLICK = re.compile(r"\d+,\d{4}-\d\d-\d\dT[\d:.]+Z,\d+,\w+")
_BUY = re.compile(r"\d+,\d{4}-\d\d-\d\dT[\d:.]+Z,\d+,\d+,\d+")
HEADERS = {
    "click": ["user", "timestamp", "item", "category"],
    "purchase": ["user", "timestamp", "item", "price", "quantity"],
}


class Yoochoose(Reader):
    """Sessions stand for people; those of the test part are revealed but for their last events."""

    name = "yoochoose"
    label = "Yoochoose sessions"

    def sure(self, path: Path) -> float:
        return 0.9 if "click" in {_kind(one) for one in heads(path)} else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(
            path.stem if path.is_file() else path.name,
            Origin(path.name, self.name, LICENCE, nouns=NOUNS, split=SESSIONS),
        )
        files = {one.path: kind for one in heads(path) if (kind := _kind(one))}
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file, HEADERS[kind], delimiter=",")
            log = table.frame[["user", "item", "timestamp"]].assign(kind=kind)
            raw.add("interactions", log.assign(session=log["user"]), table)
            if kind == "click":
                raw.details.append(table.frame[["item", "category"]])
            else:
                raw.details.append(table.frame[["item", "price"]])
        raw.say(Did("sessions", 1, "nobody is known: each session stands for a person"))
        leave_out(raw, path, files)
        return raw


def _kind(seen: Head) -> str:
    first = seen.lines[:20]
    if seen.kind != "text" or not first:
        return ""
    if all(map(_BUY.fullmatch, first)):
        return "purchase"
    return "click" if all(map(_CLICK.fullmatch, first)) else ""
