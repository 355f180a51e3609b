"""Times at the door: seconds, milliseconds, micro- and nanoseconds, ISO text, or a mixture."""

import numpy as np
import pandas as pd

from core.data.numbers import to_numbers
from core.types import BoolArray

# Numbers are told apart by size: below 1e11 seconds (until the year 5138), then ms, µs, ns.
_UNITS = ((1e11, 1e6), (1e14, 1e3), (1e17, 1.0), (np.inf, 1e-3))
_LATEST = 253_402_300_799 * 1_000_000  # the end of the year 9999, in microseconds


NEVER = int(np.iinfo(np.int64).min)  # stands for a time that is not known: it is before every other


def microseconds(column: pd.Series) -> np.ndarray:
    """(n,) int64 microseconds since 1970 of times; `NEVER` where there is none."""
    found: np.ndarray = column.astype("datetime64[us, UTC]").astype("int64").to_numpy(copy=True)
    found[column.isna().to_numpy()] = NEVER
    return found


def as_times(column: pd.Series, units: bool = True) -> tuple[pd.Series, BoolArray]:
    """Times as datetime64[us, UTC], and where something stands that can't be read as one.

    Without `units`, every number is taken for seconds, whatever its size.

    >>> times, bad = as_times(pd.Series(["978300760", "978300760000", "2000-12-31T22:12:40Z"]))
    >>> times.nunique(), bad.any()
    (1, np.False_)
    """
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        times = column.dt.tz_localize("UTC") if column.dt.tz is None else column.dt.tz_convert("UTC")
        return times.astype("datetime64[us, UTC]"), np.zeros(len(column), dtype=bool)
    numeric = pd.api.types.is_numeric_dtype(column.dtype)
    numbers = to_numbers(column)
    micros, present = _micros(numbers, units), column.notna().to_numpy(dtype=bool)
    if not numeric:
        text = present & np.isnan(micros)
        rows = np.flatnonzero(text)
        text[rows] = (column.iloc[rows].astype("str").str.strip() != "").to_numpy(dtype=bool)
        present = present & (text | ~np.isnan(micros))
        if text.any():
            parsed = pd.to_datetime(column[text], errors="coerce", format="mixed", utc=True).astype(
                "datetime64[us, UTC]"
            )
            micros[text] = np.where(
                parsed.isna(), np.nan, parsed.astype("int64").to_numpy().astype(np.float64)
            )
    unreadable = present & np.isnan(micros)
    whole = pd.Series(np.where(np.isnan(micros), 0, micros).astype(np.int64), index=column.index)
    times = pd.to_datetime(whole, unit="us", utc=True).astype("datetime64[us, UTC]")
    return times.mask(np.isnan(micros)), unreadable


def _micros(numbers: np.ndarray, units: bool) -> np.ndarray:
    """Microseconds since 1970 of numbers in whichever unit their size tells; NaN where impossible."""
    size = np.abs(numbers)
    factor = np.select([size < limit for limit, _ in _UNITS], [factor for _, factor in _UNITS], np.nan)
    micros = np.round(numbers * (factor if units else _UNITS[0][1]))
    return np.where(np.isfinite(micros) & (np.abs(micros) < _LATEST), micros, np.nan)
