"""MovieLens 100K in its original files (GroupLens, 1998): u.data, u.item, u.user, u.genre."""

import re
from pathlib import Path

from core.data.dataset import Origin
from core.data.heads import Head, heads
from core.data.readers.base import Raw, Reader, leave_out
from core.data.tables import read_table
from core.work.report import Report

GENRES = (
    "unknown",
    "Action",
    "Adventure",
    "Animation",
    "Children's",
    "Comedy",
    "Crime",
    "Documentary",
    "Drama",
    "Fantasy",
    "Film-Noir",
    "Horror",
    "Musical",
    "Mystery",
    "Romance",
    "Sci-Fi",
    "Thriller",
    "War",
    "Western",
)
LICENCE = (
    "GroupLens usage licence: research use, acknowledge the data set, no redistribution or commercial use"
    " without permission"
)
HEADERS = {
    "interactions": ["user", "item", "value", "timestamp"],
    "items": ["item", "title", "released", "video", "address", *GENRES],
    "users": ["user", "age", "gender", "occupation", "zip"],
}
SIGNS = {"interactions": "\t", "items": "|", "users": "|"}
RATING = re.compile(r"\d+\t\d+\t[1-5]\t\d+")
PERSON = re.compile(r"\d+\|\d+\|[FM]\|[a-z]+\|[^|]+")


class MovieLens100K(Reader):
    """Ratings, films and people as GroupLens packs them; films are latin-1."""

    name = "movielens_100k"
    label = "MovieLens 100K"

    def sure(self, path: Path) -> float:
        kinds = {kind_of(one) for one in heads(path)}
        return 0.95 if {"interactions", "items"} <= kinds else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        nouns = {"item": "film", "items": "films", "conversion": "rating"}
        origin = Origin(
            path.name, self.name, LICENCE, personal=("age", "gender", "occupation", "zip"), nouns=nouns
        )
        raw = Raw("MovieLens 100K", origin)
        files = _chosen(path)
        for at, (kind, file) in enumerate(files.items()):
            report(at / len(files), f"Reading {file.name}")
            table = read_table(file, HEADERS[kind], delimiter=SIGNS[kind], quotes=False)
            frame = table.frame
            if kind == "items":
                flags = frame[list(GENRES)].to_numpy() == "1"
                genres = [
                    "|".join(genre for genre, on in zip(GENRES, row, strict=True) if on) for row in flags
                ]
                frame = frame[["item", "title", "released"]].assign(category=genres)
            raw.add(kind, frame, table)
        leave_out(raw, path, files.values())
        return raw


def kind_of(seen: Head) -> str:
    """Which of the files this is; "" for none."""
    first = seen.lines[:20]
    if seen.kind != "text" or not first:
        return ""
    if all(map(RATING.fullmatch, first)):
        return "interactions"
    if all(map(PERSON.fullmatch, first)):
        return "users"
    width = len(HEADERS["items"])
    fields = [line.split("|") for line in first]
    return "items" if all(len(row) == width and set(row[5:]) <= {"0", "1"} for row in fields) else ""


def _chosen(path: Path) -> dict[str, Path]:
    """One file of each kind: of several with ratings (the packed folder has splits, too) the largest."""
    found: dict[str, list[Path]] = {kind: [] for kind in HEADERS}
    for one in heads(path):
        if kind := kind_of(one):
            found[kind].append(one.path)
    return {kind: max(files, key=lambda file: file.stat().st_size) for kind, files in found.items() if files}
