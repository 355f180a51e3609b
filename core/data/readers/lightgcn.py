"""Lines of `user item item …` (LightGCN, NGCF and what follows them): train.txt and test.txt."""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from core.data.dataset import Did, FileRead, Origin
from core.data.decoding import decode, lines_of
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import Table, plain_bytes
from core.work.errors import BadInput
from core.work.report import Report

_LINE = re.compile(r"\d+( \d+)* ?")
_PART = re.compile(r"^(train|test)\b", re.IGNORECASE)


class LightGCN(Reader):
    """One line a person: an id, then the items, all whole numbers with blanks between."""

    name = "lightgcn"
    label = "Lines of a person and items"

    def sure(self, path: Path) -> float:
        return 0.8 if any(map(_is_lines, heads(path))) else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        raw = Raw(path.stem if path.is_file() else path.name, Origin(path.name, self.name))
        files = [one.path for one in heads(path) if _is_lines(one)] or [path]
        parts = {file: found[1].lower() for file in files if (found := _PART.match(file.name))}
        parted = set(parts.values()) == {"train", "test"}
        if parted:
            files = list(parts)
        for at, file in enumerate(files):
            report(at / len(files), f"Reading {file.name}")
            if file.is_dir():
                continue
            table = _table(file)
            frame = table.frame.assign(part=parts[file]) if parted else table.frame
            raw.add("interactions", frame, table)
        leave_out(raw, path, files)
        return raw


def _table(file: Path) -> Table:
    text, did = decode(plain_bytes(file), file.name)
    lines = lines_of(text)
    good = [line.split() for line in lines if _LINE.fullmatch(line.strip())]
    bad = [
        f"line {at + 1}: {line[:60]}"
        for at, line in enumerate(lines)
        if line.strip() and not _LINE.fullmatch(line.strip())
    ]
    alone = [row[0] for row in good if len(row) == 1]
    many = [len(row) - 1 for row in good]
    if not sum(many):
        raise BadInput(
            f"{file.name} has no line of a person and items.",
            "whole numbers with blanks between.",
            "check the export.",
        )
    users = np.repeat(np.array([row[0] for row in good], dtype=object), many)
    items = [item for row in good for item in row[1:]]
    frame = pd.DataFrame({"user": users, "item": items}, dtype="str")
    more = [
        Did(
            "malformed rows",
            len(bad),
            f"{file.name}: lines that are no numbers were left out",
            tuple(bad[:3]),
        )
    ]
    none = [
        Did("people without items", len(alone), f"{file.name}: lines with a person alone", tuple(alone[:3]))
    ]
    did = (*did, *(more if bad else []), *(none if alone else []))
    return Table(frame, FileRead(file.name, len(good), ("user", "item")), did)


def _is_lines(seen: Head) -> bool:
    """Lines of numbers, of different lengths: else it is a table whose columns are separated by blanks."""
    if seen.kind != "text" or len(seen.lines) < 2:
        return False
    rows = [line.strip() for line in seen.lines[:50]]
    lengths = {row.count(" ") for row in rows}
    firsts = [row.split(" ", 1)[0] for row in rows]
    return all(map(_LINE.fullmatch, rows)) and len(lengths) > 1 and len(set(firsts)) == len(firsts)
