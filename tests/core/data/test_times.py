"""Times at the door."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.times import as_times

MOMENT = pd.Timestamp("2000-12-31T22:12:40Z")  # 978300760 s


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(978300760, id="seconds"),
        pytest.param("978300760", id="seconds as text"),
        pytest.param(978300760.0, id="seconds as a float"),
        pytest.param(978300760_000, id="milliseconds"),
        pytest.param(978300760_000_000, id="microseconds"),
        pytest.param(978300760_000_000_000, id="nanoseconds"),
        pytest.param("2000-12-31T22:12:40Z", id="ISO in UTC"),
        pytest.param("2000-12-31 22:12:40", id="ISO without a zone is UTC"),
        pytest.param("2001-01-01T06:12:40+08:00", id="ISO with another zone"),
        pytest.param(" 978300760 ", id="with blanks"),
        pytest.param(dt.datetime(2000, 12, 31, 22, 12, 40, tzinfo=dt.UTC), id="a datetime"),
    ],
)
def test_one_moment_in_many_forms(written: object) -> None:
    times, bad = as_times(pd.Series([written]))
    assert times[0] == MOMENT
    assert not bad.any()
    assert times.dtype == "datetime64[us, UTC]"


def test_a_mixture() -> None:
    times, bad = as_times(pd.Series(["978300760", "2000-12-31T22:12:40Z", "yesterday", "", None]))
    assert (times[:2] == MOMENT).all()
    assert times[2:].isna().all()
    assert bad.tolist() == [False, False, True, False, False]


@pytest.mark.parametrize(
    "written", ["inf", "nan", "1e400", "-1e300", "31/31/2000", "2000-13-01", "😀", "0x10"]
)
def test_what_is_no_time_is_said(written: str) -> None:
    times, bad = as_times(pd.Series([written]))
    assert times.isna().all()
    assert bad.all()


def test_typed_columns_keep_their_moment() -> None:
    zoned = pd.Series([MOMENT.tz_convert("Asia/Shanghai"), pd.NaT])
    naive = pd.Series([MOMENT.tz_localize(None), pd.NaT])
    for column in (zoned, naive):
        times, bad = as_times(column)
        assert times[0] == MOMENT
        assert times.isna().tolist() == [False, True]
        assert not bad.any()


@given(st.integers(10**9, 10**10), st.sampled_from([1, 10**3, 10**6, 10**9]))
@settings(max_examples=50)
def test_the_unit_is_told_by_size(seconds: int, unit: int) -> None:
    times, _ = as_times(pd.Series([seconds * unit]))
    assert times[0] == pd.Timestamp(seconds, unit="s", tz="UTC")


@given(st.lists(st.text(max_size=12), max_size=8))
@settings(max_examples=100)
def test_any_text_is_a_time_or_said_to_be_none(texts: list[str]) -> None:
    times, bad = as_times(pd.Series(texts, dtype="str"))
    for text, time, wrong in zip(texts, times, bad, strict=True):
        assert wrong == (pd.isna(time) and text.strip() != "")
