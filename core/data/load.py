"""Loading: a path, or the name of a sample, becomes a Dataset."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pandas as pd

from core.data import door, downloads, upload
from core.data.cleaning import clean
from core.data.dataset import Dataset, Did, Origin
from core.data.ids import as_ids
from core.data.known import KNOWN
from core.data.readers.base import Raw, choose
from core.data.readers.generic import add_file, item_table
from core.data.tables import read_table
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, silent

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"


@artifact
@dataclass(frozen=True)
class Source:
    """What is loaded: a path or sample name, or fixed train and test files, and items beside them."""

    data: str = ""
    train: str = ""
    test: str = ""
    items: str = ""
    reader: str = ""

    @property
    def paths(self) -> list[Path]:
        """The files and folders named, samples resolved."""
        data = [locate(self.data)] if self.data else []
        return data + [_file(name) for name in (self.train, self.test, self.items) if name]

    @property
    def lineage(self) -> frozenset[str]:
        """Marks of what it is read from: files, the folders around them, the files in folders.

        What descends from it carries them. They stay when the content changes, so that everything that
        ever came of a path is found.
        """
        around = [[*path.iterdir()] if path.is_dir() else [path.parent] for path in self.paths]
        return frozenset(mark(path) for path in (*self.paths, *chain.from_iterable(around)))


def mark(path: Path) -> str:
    """SHA-256 of a path."""
    return hashlib.sha256(f"path:{path.resolve()}".encode()).hexdigest()


def samples() -> list[str]:
    """Names of the sample data sets that are there."""
    return sorted(file.parent.name for file in SAMPLES.glob("*/dataset.json"))


def locate(data: str) -> Path:
    """The path of a data set given by path, by the name of a sample or fetched set, or as an upload.

    A path that is there wins over a name.
    """
    if upload.is_upload(data):
        return upload.path_of(data)
    path = Path(data)
    if path.exists():
        return path
    if data in samples():
        return SAMPLES / data
    return downloads.folder_of(data) if downloads.is_fetched(data) else path


def absent(path: Path) -> BadInput:
    """What to say of a path where nothing is."""
    if str(path) in KNOWN:
        return BadInput(
            f"{path} was not fetched yet.",
            "a data set on this machine.",
            f"fetch it first: python -m core fetch {path}",
        )
    names = ", ".join([*samples(), *downloads.fetched()])
    return BadInput(
        f"{path} doesn't exist.", f"a file or folder, or the name of a data set ({names}).", "check the path."
    )


def _file(name: str) -> Path:
    return upload.path_of(name) if upload.is_upload(name) else Path(name)


def source_fingerprint(source: Source) -> str:
    """SHA-256 of the content of every file of a source, and of what happens to ids of people in it.

    Raises BadInput where a file is not there.
    """
    digest = hashlib.sha256((repr(source.reader) + door.state(source.paths)).encode())
    for path in source.paths:
        if not path.exists():
            raise absent(path)
        files = [path] if path.is_file() else sorted(file for file in path.iterdir() if file.is_file())
        for file in files:
            with file.open("rb") as opened:
                digest.update(file.name.encode() + b"\0" + hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()


def load(source: Source, report: Report = silent) -> Dataset:
    """The clean Dataset of a source. Raises BadInput that names file, row and column."""
    names = given_names(source)
    try:
        return _renamed(_load(source, report), names)
    except BadInput as error:
        raise BadInput(*(_spoken(part, names) for part in error.args)) from error


def given_names(source: Source) -> dict[str, str]:
    """For uploaded files: the name each was given by, by the name it is kept under."""
    found: dict[str, str] = {}
    for data in (source.data, source.train, source.test, source.items):
        found |= upload.names_of(data) if upload.is_upload(data) else {}
    return found


def _spoken(text: str, names: dict[str, str]) -> str:
    for kept, given in names.items():
        text = text.replace(kept, given).replace(Path(kept).stem, Path(given).stem)
    return text


def _renamed(dataset: Dataset, names: dict[str, str]) -> Dataset:
    """An uploaded data set under the names its people know: those of files, and its own."""
    if not names:
        return dataset
    origin = dataset.origin
    files = tuple(replace(file, name=_spoken(file.name, names)) for file in origin.files)
    cleaning = tuple(
        replace(
            did,
            detail=_spoken(did.detail, names),
            examples=tuple(_spoken(one, names) for one in did.examples),
        )
        for did in origin.cleaning
    )
    known = _spoken(dataset.name, names)
    if known == upload.FOLDER and files:  # several files, in a folder of ours: named for the log
        known = Path(files[0].name).stem
    return replace(dataset.with_origin(source=known, folder="", files=files, cleaning=cleaning), name=known)


def _load(source: Source, report: Report) -> Dataset:
    for path in source.paths:
        if not path.exists():
            raise absent(path)
    raw = (
        _files(source, report)
        if source.train
        else choose(locate(source.data), source.reader or None).read(locate(source.data), report)
    )
    if source.items:
        _join_items(raw, _file(source.items))
    report(0.9, "Cleaning")
    return clean(door.through(raw, source.paths))


def _files(source: Source, report: Report) -> Raw:
    """Fixed train and test files as one raw data set whose rows know their part."""
    raw = Raw(
        f"{Path(source.train).stem} and {Path(source.test).stem}",
        Origin(source.train, "given", split="given"),
    )
    for at, (part, name) in enumerate((("train", source.train), ("test", source.test))):
        report(at / 2, f"Reading {Path(name).name}")
        add_file(raw, Path(name), "interactions", part)
    return raw


def _join_items(raw: Raw, path: Path) -> None:
    """Item details from a second file, joined by id; they win over what the source says."""
    table = read_table(path)
    frame = item_table(table)
    ids = pd.Series(as_ids(frame["item"]), index=frame.index).astype("str")
    twice = ids[ids.duplicated() & ids.notna()]
    if len(twice):
        raise BadInput(
            f"{path.name} has the item {twice.iloc[0]!r} twice ({len(twice)} such rows).",
            "each item once.",
            "merge or remove the repeated rows.",
        )
    known = set(_known_items(raw))
    strangers = [item for item in ids.dropna() if item not in known]
    fresh = frame.assign(item=ids)
    before = raw.tables.get("items")
    if before is not None:
        before = before.assign(item=pd.Series(as_ids(before["item"]), index=before.index).astype("str"))
        fresh = fresh.set_index("item").combine_first(before.set_index("item")).reset_index()
    raw.tables["items"] = fresh
    detail = f"{path.name}: kept in the catalogue; nobody has touched them"
    did = (
        [Did("items without interactions", len(strangers), detail, tuple(strangers[:3]))] if strangers else []
    )
    raw.note(table.file, *table.did, *did)


def _known_items(raw: Raw) -> Sequence[str]:
    known: set[str] = set()
    for table in ("interactions", "impressions"):
        if table in raw.tables:
            known |= set(as_ids(raw.tables[table]["item"]).categories)
    return sorted(known)
