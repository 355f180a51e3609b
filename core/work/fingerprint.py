"""Fingerprints: SHA-256 of the content of whatever determines a result."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
from pydantic import BaseModel
from scipy.sparse import csr_array


def fingerprint(*parts: Any) -> str:
    """SHA-256 (64 hexadecimal digits) of values, arrays, frames, settings and records.

    Equal content gives equal fingerprints, whatever the process or the machine. An object with
    a `fingerprint` of its own is represented by it. Raises TypeError for anything else, so that
    nothing is keyed by its address.
    """
    digest = hashlib.sha256()
    for part in parts:
        _feed(digest, part)
    return digest.hexdigest()


def _feed(digest: Any, part: Any) -> None:
    own = None if isinstance(part, BaseModel) else getattr(part, "fingerprint", None)
    if isinstance(own, str):
        _tagged(digest, "own", own.encode())
    elif isinstance(part, Enum):
        _tagged(digest, type(part).__qualname__, part.name.encode())
    elif part is None or isinstance(part, str | int | float | bool | np.generic):
        value = part.item() if isinstance(part, np.generic) else part
        _tagged(digest, type(value).__name__, repr(value).encode())
    elif isinstance(part, bytes):
        _tagged(digest, "bytes", part)
    elif isinstance(part, date | PurePath):
        _tagged(digest, type(part).__name__, str(part).encode())
    elif isinstance(part, BaseModel):  # not its JSON: that leaves out what a field's own class adds
        _tagged(digest, type(part).__qualname__, b"")
        _feed(digest, {name: getattr(part, name) for name in type(part).model_fields})
    elif isinstance(part, np.ndarray):
        _array(digest, part)
    elif isinstance(part, csr_array):
        _tagged(digest, "csr", repr(part.shape).encode())
        for array in (part.data, part.indices.astype(np.int64), part.indptr.astype(np.int64)):
            _array(digest, array)
    elif isinstance(part, pd.DataFrame):
        _frame(digest, part)
    elif isinstance(part, pd.Index):
        _frame(digest, pd.DataFrame(index=part))
    elif isinstance(part, Mapping):
        _tagged(digest, "map", str(len(part)).encode())
        for key in sorted(part, key=str):
            _feed(digest, str(key))
            _feed(digest, part[key])
    elif isinstance(part, list | tuple):
        _tagged(digest, "list", str(len(part)).encode())
        for entry in part:
            _feed(digest, entry)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        _tagged(digest, type(part).__qualname__, b"")
        for field in dataclasses.fields(part):
            _feed(digest, field.name)
            _feed(digest, getattr(part, field.name))
    else:
        raise TypeError(f"no fingerprint for {type(part).__qualname__}")


def _tagged(digest: Any, tag: str, content: bytes) -> None:
    digest.update(f"{tag}:{len(content)}:".encode())
    digest.update(content)


def _array(digest: Any, array: np.ndarray) -> None:
    if array.dtype == object or array.dtype.kind in "UT":
        _tagged(digest, "texts", json.dumps([None if x is None else str(x) for x in array.tolist()]).encode())
        return
    header = f"{array.dtype.str}{array.shape}"
    _tagged(digest, header, b"")
    digest.update(np.ascontiguousarray(array).view(np.uint8).reshape(-1).data)


def _frame(digest: Any, frame: pd.DataFrame) -> None:
    _tagged(digest, "frame", repr((list(map(str, frame.columns)), len(frame))).encode())
    for column in [frame.index.to_series(), *(frame.iloc[:, at] for at in range(frame.shape[1]))]:
        if isinstance(column.dtype, pd.CategoricalDtype):
            _feed(digest, column.cat.categories.to_numpy(dtype=object))
            _array(digest, column.cat.codes.to_numpy(dtype=np.int32))
        elif isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufM":
            _array(digest, column.to_numpy())
        else:
            _tagged(digest, str(column.dtype), str(len(column)).encode())
            hashes = pd.util.hash_pandas_object(column, index=False)
            _array(digest, hashes.to_numpy())
