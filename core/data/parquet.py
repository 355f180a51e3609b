"""Parquet files: flat columns, whole numbers to the last digit, NaN told from absent where it matters."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from core.data.columns import NAMES, plain, unrepeated
from core.data.dataset import Did
from core.work.errors import BadInput


def read_parquet(path: Path, nested: bool = False) -> tuple[pd.DataFrame, tuple[str, ...], tuple[Did, ...]]:
    """Rows, the names of all columns, and which were left out (with `nested`, none).

    Raises BadInput for a damaged file.
    """
    try:
        file = pq.ParquetFile(path)
        names = unrepeated([str(name) for name in file.schema_arrow.names], path.name)
        flat = [column.name for column in file.schema_arrow if nested or not pa.types.is_nested(column.type)]
        table = file.read(columns=flat)
        table.validate(full=True)
        frame = _with_nan_kept(table).to_pandas(integer_object_nulls=True, ignore_metadata=True)
    except MemoryError:  # of Arrow, too: the file is whole, and too large
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput(
            f"{path.name} is a damaged Parquet file ({str(error)[:120]}).",
            "a whole Parquet file.",
            "write or copy it again.",
        ) from error
    left = tuple(name for name in names if name not in flat)
    detail = f"{path.name}: columns that hold lists or records were left out"
    return frame, tuple(names), (Did("nested columns", len(left), detail, left[:3]),) if left else ()


def _with_nan_kept(table: pa.Table) -> pa.Table:
    """A rating that is NaN in the file (not finite) becomes text, so that it is told from an absent one."""
    for at, name in enumerate(table.column_names):
        column = table[name]
        if plain(name) not in NAMES["value"] or not pa.types.is_floating(column.type):
            continue
        if pyarrow.compute.any(pyarrow.compute.is_nan(column)).as_py():
            table = table.set_column(at, name, column.cast(pa.string()))
    return table
