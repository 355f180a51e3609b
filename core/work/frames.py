"""Frames to parquet and back, exactly: every dtype, missing value, category and index survives.

Parquet alone forgets unused categories, the order of categories, some time units and the kind of
text column; so each column is reduced to numbers or text, and a small spec says how to restore it.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

Spec = dict[str, Any]

_MASKED = (
    *(getattr(pd, f"{sign}Int{bits}Dtype") for sign in ("", "U") for bits in (8, 16, 32, 64)),
    pd.Float32Dtype,
    pd.Float64Dtype,
    pd.BooleanDtype,
)
_CELLS = (str, int, float, bool, list, dict, type(None))


def to_tables(frame: pd.DataFrame) -> tuple[list["pa.Table"], Spec]:
    """Arrow tables of plain columns (the frame's, then one for each set of categories), and the
    JSON spec that `from_tables` needs to restore them.

    Raises TypeError for what cannot be restored exactly: hierarchical indexes, labels that are
    neither text nor whole numbers, cells that are not JSON, exotic dtypes.
    """
    import pyarrow as pa

    reduced = _Reduced()
    columns = [reduced.column(frame.iloc[:, at]) for at in range(frame.shape[1])]
    index = reduced.index(frame.index)
    arrays = [array for array, _ in columns] + index[0]
    table = pa.Table.from_arrays(arrays, names=[str(at) for at in range(len(arrays))])
    labels = {"values": [_label(name) for name in frame.columns], "dtype": str(frame.columns.dtype)}
    if isinstance(frame.columns, pd.RangeIndex):
        labels["dtype"] = "range"
    spec = {"columns": [spec for _, spec in columns], "labels": labels, "index": index[1], "rows": len(frame)}
    return [table, *reduced.categories], {**spec, "labels_name": _label(frame.columns.name)}


def from_tables(tables: list["pa.Table"], spec: Spec) -> pd.DataFrame:
    """The frame that `to_tables` reduced. Raises ValueError or KeyError where the spec does not fit."""
    table = tables[0]
    columns = [_restore(table.column(at), column, tables) for at, column in enumerate(spec["columns"])]
    frame = pd.DataFrame(dict(enumerate(columns)), index=_restore_index(tables, spec["index"]), copy=False)
    labels = spec["labels"]
    if labels["dtype"] == "range":
        frame.columns = pd.RangeIndex(len(columns))
    else:
        frame.columns = pd.Index(labels["values"], dtype=labels["dtype"])
    frame.columns.name = spec["labels_name"]
    if len(frame) != spec["rows"]:
        raise ValueError(f"{len(frame)} rows where {spec['rows']} were written")
    return frame


def write(table: "pa.Table", file: BinaryIO) -> None:
    """Writes parquet: fast to read, and without statistics that nobody asks for."""
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, file, compression="zstd", compression_level=1, write_statistics=False)


def read(path: Path) -> "pa.Table":
    """Reads what `write` wrote."""
    import pyarrow.parquet

    with path.open("rb") as file:
        return pyarrow.parquet.ParquetFile(file).read()


class _Reduced:
    def __init__(self) -> None:
        self.categories: list[pa.Table] = []

    def column(self, values: "pd.Series[Any] | pd.Index[Any]") -> tuple["pa.Array", Spec]:
        import pyarrow as pa

        dtype: Any = values.dtype
        if isinstance(dtype, pd.CategoricalDtype):
            return self._categories(values.array)
        if isinstance(dtype, pd.StringDtype):
            missing = "NA" if dtype.na_value is pd.NA else "nan"
            spec: Spec = {"kind": "text", "storage": dtype.storage, "missing": missing}
            return pa.array(values.array, type=pa.large_string(), from_pandas=True), spec
        if isinstance(dtype, pd.DatetimeTZDtype):
            spec = {"kind": "time", "dtype": f"M8[{dtype.unit}]", "zone": str(dtype.tz)}
            return pa.array(values.array.asi8), spec
        if isinstance(dtype, _MASKED):
            return pa.array(values.array), {"kind": "masked", "dtype": str(dtype)}
        kind = getattr(dtype, "kind", "")
        if kind and kind in "biuf":
            native = values.to_numpy().astype(dtype.newbyteorder("="), copy=False)
            return pa.array(native, from_pandas=False), {"kind": "plain", "dtype": dtype.str}
        if kind and kind in "mM":
            return pa.array(values.to_numpy().view(np.int64)), {"kind": "time", "dtype": dtype.str}
        if kind == "O":
            return pa.array(map(_cell, values), type=pa.large_string()), {"kind": "json"}
        raise TypeError(f"an artifact cannot hold a column of {dtype}")

    def index(self, index: "pd.Index[Any]") -> tuple[list["pa.Array"], Spec]:
        name = _label(index.name)
        if isinstance(index, pd.MultiIndex):
            raise TypeError("an artifact cannot hold a hierarchical index")
        if isinstance(index, pd.RangeIndex):
            return [], {"range": [index.start, index.stop, index.step], "name": name}
        array, spec = self.column(index)
        return [array], {"values": spec, "name": name, "freq": getattr(index, "freqstr", None)}

    def _categories(self, values: Any) -> tuple["pa.Array", Spec]:
        import pyarrow as pa

        array, of = self.column(values.categories)
        self.categories.append(pa.Table.from_arrays([array], names=["categories"]))
        spec = {"kind": "category", "ordered": values.ordered, "name": _label(values.categories.name)}
        return pa.array(values.codes), {**spec, "of": of, "table": len(self.categories)}


def _restore(column: "pa.ChunkedArray", spec: Spec, tables: list["pa.Table"]) -> Any:
    dtype: Any  # __from_arrow__ is pandas' extension protocol; its stubs leave it out
    match spec["kind"]:
        case "plain":
            return column.to_numpy().astype(spec["dtype"], copy=False)
        case "time":
            moments = column.to_numpy().view(spec["dtype"])
            return pd.DatetimeIndex(moments, tz="UTC").tz_convert(spec["zone"]) if "zone" in spec else moments
        case "text":
            missing = pd.NA if spec["missing"] == "NA" else np.nan
            dtype = pd.StringDtype(spec["storage"], na_value=missing)
            return dtype.__from_arrow__(column)
        case "masked":
            dtype = pd.api.types.pandas_dtype(spec["dtype"])
            return dtype.__from_arrow__(column)
        case "json":
            cells = np.empty(len(column), dtype=object)
            cells[:] = [json.loads(text) for text in column.to_pylist()] or None
            return pd.Index(cells, dtype=object)  # a bare array would be taken for text where it can be
        case "category":
            of = _restore(tables[spec["table"]].column(0), spec["of"], tables)
            dtype = pd.CategoricalDtype(pd.Index(of, name=spec["name"]), ordered=spec["ordered"])
            return pd.Categorical.from_codes(column.to_numpy(), dtype=dtype)
        case other:
            raise ValueError(f"unknown kind of column: {other!r}")


def _restore_index(tables: list["pa.Table"], spec: Spec) -> "pd.Index[Any]":
    if "range" in spec:
        start, stop, step = spec["range"]
        return pd.RangeIndex(start, stop, step, name=spec["name"])
    index: Any = pd.Index(_restore(tables[0].column(-1), spec["values"], tables), name=spec["name"])
    if spec["freq"]:
        index.freq = spec["freq"]
    return index


def _cell(cell: Any) -> str:
    text = json.dumps(cell)
    same = json.loads(text) == cell or cell != cell
    if type(cell) not in _CELLS or not same:
        raise TypeError(f"an artifact cannot hold a cell like {cell!r:.80}")
    return text


def _label(name: Any) -> Any:
    if name is not None and type(name) not in (str, int):
        raise TypeError(f"an artifact cannot hold a label of {type(name).__qualname__}")
    return name
