"""Loading: a path, or the name of a sample, becomes a Dataset."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

from core.data import door, downloads, upload
from core.data.cleaning import clean, steps_off
from core.data.database import content_of, file_of, is_address, read_database, server_of
from core.data.dataset import Dataset, Origin
from core.data.events_named import events_of
from core.data.heads import files_of
from core.data.joining import join_items, join_pictures
from core.data.known import KNOWN
from core.data.large.size import is_large, refuse_large, too_large
from core.data.mapping import Mapping, mapping_of
from core.data.preparing import prepared
from core.data.readers.base import Raw, choose
from core.data.readers.generic import Generic, add_file
from core.data.sampling import number_of, sampled
from core.data.secrets import hidden
from core.data.unpacking import unpacked
from core.work.artifacts import artifact
from core.work.errors import BadInput
from core.work.report import Report, silent

# Of the address of a server that went through a path on its way: it still holds a password to be hidden.
_SLASHES = re.compile(r"^(postgres(?:ql(?:\+psycopg)?)?):/(?!/)", re.IGNORECASE)
SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
FIRST = "shop"  # the sample that the app opens on


@artifact
@dataclass(frozen=True)
class Source:
    """What is loaded: a path or sample name, or fixed train and test files, and items beside them."""

    data: str = ""
    train: str = ""
    test: str = ""
    items: str = ""
    reader: str = ""
    columns: str = ""  # which column holds what, as `user=uid,item=sku`
    events: str = ""  # what events mean, as `transaction=purchase`
    off: str = ""  # steps of cleaning that are left out, as `duplicates,times`
    pictures: str = ""  # a folder of pictures named by item id
    query: str = ""  # SELECT for interactions, where `data` is the address of a database
    items_query: str = ""  # SELECT for details of items
    people: str = ""  # how many people, chosen by a hash of their id; all where it is empty

    def __post_init__(self) -> None:
        """A password in the address stays out of it, and with that out of every record."""
        object.__setattr__(self, "data", _SLASHES.sub(r"\1://", self.data))
        if is_address(self.data):
            object.__setattr__(self, "data", hidden(self.data))

    @property
    def paths(self) -> list[Path]:
        """The files and folders named, samples resolved."""
        data = [locate(self.data)] if self.data and not is_address(self.data) else file_of(self.data)
        names = (self.train, self.test, self.items, self.pictures)
        return data + [_file(name) for name in names if name]

    @property
    def places(self) -> list[Path | str]:
        """Where the data lies: its files and folders, and the database on a server under one name."""
        return [*self.paths, *server_of(self.data)]

    @property
    def reading(self) -> tuple[str, ...]:
        """All that says how the files are read; its defaults say nothing."""
        said = (self.reader, self.columns, self.events, self.off, self.query, self.items_query)
        part = (f"people={self.people}",) if self.people else ()
        return (*said, *part) if any(said[1:]) else (self.reader, *part)

    @property
    def lineage(self) -> frozenset[str]:
        """Marks of what it is read from: files, the folders around them, the files in folders; a database.

        What descends from it carries them. They stay when the content changes, so that everything that
        ever came of a path is found.
        """
        around = [[*path.iterdir()] if path.is_dir() else [path.parent] for path in self.paths]
        return frozenset(mark(place) for place in (*self.places, *chain.from_iterable(around)))


def mark(place: Path | str) -> str:
    """SHA-256 of a path, or of the name of a database on a server."""
    named = f"path:{place.resolve()}" if isinstance(place, Path) else f"database:{place}"
    return hashlib.sha256(named.encode()).hexdigest()


def samples() -> list[str]:
    """Names of the sample data sets that are there."""
    return sorted(file.parent.name for file in SAMPLES.glob("*/dataset.json"))


def name_of_sample(key: str) -> str:
    """What a sample calls itself; "" where no sample has that key."""
    return _name_of_sample(key) if key in samples() else ""


@lru_cache(maxsize=64)
def _name_of_sample(key: str) -> str:
    return str(json.loads((SAMPLES / key / "dataset.json").read_bytes()).get("name", key))


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
    digest = hashlib.sha256((repr(source.reader) + door.state(source.places)).encode())
    if len(source.reading) > 1:
        digest.update(repr(source.reading).encode())
    if is_address(source.data):
        digest.update(content_of(source.data, source.query, source.items_query).encode())
    for path in source.paths:
        if not path.exists():
            raise absent(path)
        for file in files_of(path):
            with file.open("rb") as opened:
                name = str(file.relative_to(path)) if path.is_dir() else file.name
                digest.update(name.encode() + b"\0" + hashlib.file_digest(opened, "sha256").digest())
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
    mapping, events, off = mapping_of(source.columns), events_of(source.events), steps_off(source.off)
    if is_address(source.data):
        raw = read_database(source.data, source.query, source.items_query, mapping, report)
    elif source.train:
        raw = _files(source, mapping, report)
    elif in_pieces(source):
        raw = _part_of(source, mapping, report)
    else:
        raw = _read(source, mapping, report)
    if many := number_of(source.people):
        raw = sampled(raw, many)
    if source.items:
        join_items(raw, _file(source.items))
    if source.pictures:
        join_pictures(raw, _file(source.pictures))
    report(0.9, "Cleaning")
    return clean(door.through(prepared(raw, events), source.places), off)


def _read(source: Source, mapping: Mapping, report: Report) -> Raw:
    """What a reader finds: the one that is named, the generic one where columns are said, else the surest."""
    given = locate(source.data)
    if source.query or source.items_query:
        raise BadInput(
            f"A query is given, and {given.name} is no database.",
            "an address such as sqlite:///file.db.",
            "give the address as data.",
        )
    if mapping.said and source.reader not in ("", Generic.name):
        raise BadInput(
            f"Columns are given, and the reader {source.reader} knows its own.",
            "the generic reader.",
            "leave the reader or the columns out.",
        )
    with unpacked(given, report) as path:
        refuse_large(path)
        reader = Generic(mapping) if mapping.said else choose(path, source.reader or None)
        raw = reader.read(path, report)
    if not given.exists() or path != given:  # what was unpacked is gone
        raw.origin = replace(raw.origin, source=given.name, folder="")
        raw.name = given.stem if raw.name == path.stem else raw.name
    return raw


def in_pieces(source: Source) -> bool:
    """Whether a source is a log that is larger than memory: only a part of its people can be loaded."""
    if is_address(source.data) or not source.data or not is_large(locate(source.data)):
        return False
    if source.reader in ("", Generic.name):
        return True
    raise BadInput(
        f"{locate(source.data).name} is larger than memory; the reader {source.reader} reads all at once.",
        "the generic reader for logs of this size.",
        "leave --reader out and say --columns where names do not tell; or raise TOUCHSTONE_MEMORY_GB.",
    )


def _part_of(source: Source, mapping: Mapping, report: Report) -> Raw:
    from core.data.large.people import sampled_log

    path = locate(source.data)
    if many := number_of(source.people):
        return sampled_log(path, mapping, many, report)
    raise too_large(path)


def _files(source: Source, mapping: Mapping, report: Report) -> Raw:
    """Fixed train and test files as one raw data set whose rows know their part."""
    raw = Raw(
        f"{Path(source.train).stem} and {Path(source.test).stem}",
        Origin(source.train, "given", split="given"),
    )
    for at, (part, name) in enumerate((("train", source.train), ("test", source.test))):
        report(at / 2, f"Reading {Path(name).name}")
        refuse_large(_file(name))
        add_file(raw, _file(name), "interactions", part, mapping)
    return raw
