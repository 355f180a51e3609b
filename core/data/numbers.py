"""Numbers that stand in a file as text."""

import numpy as np
import pandas as pd
import pyarrow as pa


def to_numbers(column: pd.Series) -> np.ndarray:
    """(n,) float64: the number that each value is, NaN where it is none or absent.

    >>> to_numbers(pd.Series(["1", " 2.5 ", "x", None]))
    array([1. , 2.5, nan, nan])
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    if isinstance(column.dtype, pd.StringDtype):
        try:  # four times as fast where every value is a plain number
            return (
                pa.array(column, type=pa.string(), from_pandas=True)
                .cast(pa.float64())
                .to_numpy(zero_copy_only=False)
            )
        except pa.ArrowInvalid:
            pass
    texts = column.astype("str").str.strip()
    return pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
