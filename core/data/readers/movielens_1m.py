"""MovieLens 1M and 10M in their original files (GroupLens): fields separated by ::, in latin-1 or UTF-8."""

import re
from pathlib import Path

from core.data.dataset import Origin
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.readers.movielens_latest import LICENCE, NOUNS, item_words
from core.data.tables import read_table
from core.work.report import Report

HEADERS = {
    "ratings": ["user", "item", "value", "timestamp"],
    "tags": ["user", "item", "tag", "timestamp"],
    "users": ["user", "gender", "age", "occupation", "zip"],
    "movies": ["item", "title", "category"],
}
FORMS = {
    "ratings": re.compile(r"\d+::\d+::\d(\.\d)?::\d+"),
    "tags": re.compile(r"\d+::\d+::.*::\d{9,}"),
    "users": re.compile(r"\d+::[FM]::\d+::\d+::[^:]+"),
    "movies": re.compile(r"\d+::.+::[^:]+"),
}


class MovieLens1M(Reader):
    """ratings, movies and users (1M) or tags (10M)."""

    name = "movielens_1m"
    label = "MovieLens 1M"

    def sure(self, path: Path) -> float:
        kinds = {kind_of(one) for one in heads(path)}
        return 0.95 if {"ratings", "movies"} <= kinds else 0.9 if "ratings" in kinds else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        personal = ("gender", "age", "occupation", "zip")
        raw = Raw(
            path.stem if path.is_file() else path.name,
            Origin(path.name, self.name, LICENCE, personal=personal, nouns=NOUNS),
        )
        files = {one.path: kind for one in heads(path) if (kind := kind_of(one))}
        tags = None
        for at, (file, kind) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file, HEADERS[kind], delimiter="::", quotes=False)
            if kind == "tags":
                tags = table.frame
                raw.note(table.file, *table.did)
            else:
                to = {"ratings": "interactions", "users": "users", "movies": "items"}[kind]
                raw.add(to, table.frame, table)
        item_words(raw, tags)
        leave_out(raw, path, files)
        return raw


def kind_of(seen: Head) -> str:
    """Which of the files this is; "" for none."""
    first = seen.lines[:20]
    if seen.kind != "text" or not first:
        return ""
    return next((kind for kind, form in FORMS.items() if all(map(form.fullmatch, first))), "")
