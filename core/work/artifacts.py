"""The codec: results become files field by field (npy, parquet, JSON), and come back the same.

A folder holds `value.json`, the tree of the value, and one file for each array or frame in it.
Nothing is pickled, and only classes marked with @artifact are made.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
from pydantic import BaseModel
from scipy.sparse import csr_array

from core.work import frames
from core.work.registry import artifact, class_of, name_of

__all__ = ["artifact", "load", "save"]

Create = Callable[[str], BinaryIO]  # opens a new file of that name, in the artifact's folder

TREE = "value.json"
_MAPPED_BYTES = 64_000_000


def save(value: Any, create: Create) -> None:
    """Writes a value through `create`, which opens a new file for a name.

    Takes str, int, float, bool, None, bytes, datetime, Path, numpy numbers and arrays, csr_array,
    DataFrame, Index, records marked with @artifact, and lists, tuples and dicts (str keys) of them.
    Raises TypeError for anything else, and whatever OSError the files give.
    """
    tree = _Writer(create).tree(value, "")
    with create(TREE) as file:
        file.write(json.dumps(tree, allow_nan=False).encode())


def load(folder: Path, map_large: bool = False) -> Any:
    """The value in that folder; its arrays are read-only.

    With `map_large`, arrays of 64 MB and more stay on disk and are read as they are needed.
    Raises UnknownClass, OSError, ValueError or KeyError where the folder does not hold a value.
    """
    return _Reader(folder, map_large).value(json.loads((folder / TREE).read_bytes()))


class _Writer:
    def __init__(self, create: Create) -> None:
        self._create = create
        self._count = 0

    def tree(self, value: Any, label: str) -> Any:
        """The value as JSON; arrays and frames in it are written to files."""
        kind = type(value)
        if value is None or kind in (str, int, bool) or (kind is float and math.isfinite(value)):
            return value
        if kind is list:
            return [self.tree(entry, f"{label}.{at}") for at, entry in enumerate(value)]
        tag, content = self._tagged(value, label)
        return {"$": tag, "is": content}

    def _tagged(self, value: Any, label: str) -> tuple[str, Any]:
        match value:
            case float() if type(value) is float:
                return "float", repr(value)
            case tuple() if type(value) is tuple:
                return "tuple", self.tree(list(value), label)
            case dict() if type(value) is dict:
                return "dict", self._entries(value, label)
            case Enum():
                return "enum", [name_of(type(value)), value.name]
            case datetime() if type(value) is datetime:
                return "datetime", [value.isoformat(), value.fold]
            case date() if type(value) is date:
                return "date", value.isoformat()
            case PurePath():
                return "path", str(value)
            case bytes():
                return "bytes", self._file(label, "bin", lambda file: file.write(value))
            case np.generic():
                return "array", [self._array(np.asarray(value), label), "scalar"]
            case np.ndarray() if type(value) is np.ndarray:
                return self._any_array(value, label)
            case csr_array():
                return "csr", self._csr(value, label)
            case pd.DataFrame():
                return "frame", self._frame(value, label)
            case pd.Index():
                return "index", self._frame(pd.DataFrame(index=value), label)
            case BaseModel():
                names = list(type(value).model_fields)
            case _ if is_dataclass(value) and not isinstance(value, type):
                names = [field.name for field in fields(value) if field.init]
            case _:
                raise TypeError(f"an artifact cannot hold {type(value).__qualname__} (at {label or 'top'})")
        parts = {name: self.tree(getattr(value, name), f"{label}.{name}") for name in names}
        return "record", [name_of(type(value)), parts]

    def _entries(self, entries: dict[str, Any], label: str) -> dict[str, Any]:
        for key in entries:
            if type(key) is not str:
                raise TypeError(f"an artifact's dict has str keys, not {key!r} (at {label or 'top'})")
        return {key: self.tree(entry, f"{label}.{at}") for at, (key, entry) in enumerate(entries.items())}

    def _any_array(self, value: np.ndarray, label: str) -> tuple[str, Any]:
        if value.dtype.kind in "biufcMmSU":
            return "array", [self._array(value, label)]
        if value.dtype.kind in "OT" and value.ndim == 1 and all(type(text) is str for text in value.tolist()):
            texts = pd.DataFrame({"text": pd.array(value, dtype="str")})
            return "texts", ["T" if value.dtype.kind == "T" else "O", self._frame(texts, label)]
        raise TypeError(f"an artifact cannot hold an array of {value.dtype} (at {label or 'top'})")

    def _array(self, value: np.ndarray, label: str) -> str:
        return self._file(label, "npy", lambda file: np.save(file, value, allow_pickle=False))

    def _csr(self, value: csr_array, label: str) -> dict[str, Any]:
        parts = {name: getattr(value, name) for name in ("data", "indices", "indptr")}
        files = {name: self._array(part, f"{label}.{name}") for name, part in parts.items()}
        return {"shape": list(map(int, value.shape)), **files}

    def _frame(self, frame: pd.DataFrame, label: str) -> dict[str, Any]:
        tables, spec = frames.to_tables(frame)
        return {"files": [self._table(table, label) for table in tables], **spec}

    def _table(self, table: Any, label: str) -> str:
        return self._file(label, "parquet", lambda file: frames.write(table, file))

    def _file(self, label: str, ending: str, write: Callable[[BinaryIO], object]) -> str:
        # The number makes it unique; the label, made of field names and positions, is for people.
        self._count += 1
        readable = re.sub(r"[^A-Za-z0-9_.]", "", label).strip(".")[-60:]
        name = f"{self._count:03}-{readable or 'value'}.{ending}"
        with self._create(name) as file:
            write(file)
        return name


class _Reader:
    def __init__(self, folder: Path, map_large: bool) -> None:
        self._folder = folder
        self._map_large = map_large

    def value(self, tree: Any) -> Any:
        if isinstance(tree, list):
            return [self.value(entry) for entry in tree]
        if not isinstance(tree, dict):
            return tree
        content = tree["is"]
        match tree["$"]:
            case "float":
                return float(content)
            case "tuple":
                return tuple(self.value(content))
            case "dict":
                return self._entries(content)
            case "enum":
                return class_of(content[0])[content[1]]  # type: ignore[index]
            case "datetime":
                return datetime.fromisoformat(content[0]).replace(fold=content[1])
            case "date":
                return date.fromisoformat(content)
            case "path":
                return Path(content)
            case "bytes":
                return self._path(content).read_bytes()
            case "array":
                array = self._array(content[0])
                return array[()] if len(content) == 2 else array
            case "texts":
                dtype = np.dtypes.StringDType() if content[0] == "T" else np.dtype(object)
                return _frozen(np.array(self._frame(content[1])["text"].tolist(), dtype=dtype))
            case "csr":
                return self._csr(content)
            case "frame":
                return self._frame(content)
            case "index":
                return self._frame(content).index
            case "record":
                return self._record(class_of(content[0]), self._entries(content[1]))
            case other:
                raise ValueError(f"unknown kind of value: {other!r}")

    def _entries(self, entries: dict[str, Any]) -> dict[str, Any]:
        return {key: self.value(entry) for key, entry in entries.items()}

    def _record(self, cls: type, values: dict[str, Any]) -> Any:
        if issubclass(cls, BaseModel):
            return cls.model_validate(values, by_name=True)
        return cls(**values)

    def _path(self, name: str) -> Path:
        if PurePath(name).name != name:
            raise ValueError(f"{name!r} is not a file of this artifact")
        return self._folder / name

    def _array(self, name: str) -> np.ndarray:
        path = self._path(name)
        mapped = self._map_large and path.stat().st_size >= _MAPPED_BYTES
        return _frozen(np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False))

    def _csr(self, content: dict[str, Any]) -> csr_array:
        parts = {name: self._array(content[name]) for name in ("data", "indices", "indptr")}
        matrix = csr_array((parts["data"], parts["indices"], parts["indptr"]), shape=tuple(content["shape"]))
        for name, part in parts.items():  # the constructor may copy them, or narrow the index type
            setattr(matrix, name, part)
        return matrix

    def _frame(self, content: dict[str, Any]) -> pd.DataFrame:
        return frames.from_tables([frames.read(self._path(name)) for name in content["files"]], content)


def _frozen(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
