"""MovieLens 100K in its original files (GroupLens, 1998): u.data, u.item, u.user, u.genre."""

from pathlib import Path

from core.data.dataset import Origin
from core.data.readers.base import Raw, Reader
from core.data.tables import HEAD_BYTES, read_table
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
FILES = {
    "u.data": ["user", "item", "value", "timestamp"],
    "u.item": ["item", "title", "released", "video", "address", *GENRES],
    "u.user": ["user", "age", "gender", "occupation", "zip"],
}


class MovieLens100K(Reader):
    """The folder as GroupLens packs it; u.item is latin-1."""

    name = "movielens_100k"
    label = "MovieLens 100K"

    def sure(self, path: Path) -> float:
        if not path.is_dir() or not all((path / name).is_file() for name in FILES):
            return 0.0
        with (path / "u.data").open("rb") as file:
            fields = file.readline(HEAD_BYTES).split(b"\t")
        return 0.95 if len(fields) == 4 and all(field.strip().isdigit() for field in fields) else 0.0

    def read(self, path: Path, report: Report) -> Raw:
        nouns = {"item": "film", "items": "films", "conversion": "rating"}
        origin = Origin(
            path.name, self.name, LICENCE, personal=("age", "gender", "occupation", "zip"), nouns=nouns
        )
        raw = Raw("MovieLens 100K", origin)
        for at, (name, header) in enumerate(FILES.items()):
            report(at / len(FILES), f"Reading {name}")
            table = read_table(path / name, header)
            frame = table.frame
            if name == "u.item":
                flags = frame[list(GENRES)].to_numpy() == "1"
                genres = [
                    "|".join(genre for genre, on in zip(GENRES, row, strict=True) if on) for row in flags
                ]
                frame = frame[["item", "title", "released"]].assign(category=genres)
            raw.add({"u.data": "interactions", "u.item": "items", "u.user": "users"}[name], frame, table)
        return raw
