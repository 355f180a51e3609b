"""The codec: what goes in comes out, and nothing else does."""

import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.sparse import csr_array

from core.work import artifacts
from core.work.registry import UnknownClass
from tests.core.work.steps_for_tests import Choice, Colour, Finer, Pair, Unmarked


def write(folder: Path, value: Any) -> list[str]:
    """Saves the value; returns the names of its files."""
    artifacts.save(value, lambda name: (folder / name).open("xb"))
    return sorted(path.name for path in folder.iterdir())


def back(value: Any) -> Any:
    """The value after saving and loading."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), value)
        return artifacts.load(Path(folder))


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
    | st.dates() | st.datetimes(timezones=st.just(UTC))
)  # fmt: skip
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner)
        | st.builds(Pair, inner, inner)
    ),
    max_leaves=10,
)  # fmt: skip
numbers = arrays.arrays(
    dtype=arrays.scalar_dtypes() | arrays.unicode_string_dtypes() | arrays.byte_string_dtypes(),
    shape=arrays.array_shapes(min_dims=0, min_side=0),
)


@given(trees)
def test_a_tree_comes_back_equal_and_of_the_same_types(tree: Any) -> None:
    loaded = back(tree)
    assert loaded == tree
    assert repr(loaded) == repr(tree)  # 1 == 1.0 == True, -0.0 == 0.0: equality alone is not enough


@given(numbers)
def test_an_array_comes_back_bit_by_bit_and_read_only(array: np.ndarray) -> None:
    loaded = back(array)
    assert loaded.dtype == array.dtype
    assert loaded.shape == array.shape
    assert loaded.tobytes() == array.tobytes()
    assert not loaded.flags.writeable


@st.composite
def columns(draw: st.DrawFn, rows: int) -> Any:
    """A column of any dtype that a data set may have."""
    dtype = draw(st.sampled_from([
        "int8", "int64", "uint16", "float16", "float32", "float64", "bool", "str", "string", "object",
        "Int32", "Float64", "boolean", "datetime64[s]", "datetime64[us]", "datetime64[ns]", "timedelta64[ms]",
        "datetime64[us, UTC]", "datetime64[ns, Europe/Berlin]", "category", "ordered", "numbers",
    ]))  # fmt: skip
    texts: Any = st.text(max_size=5) | st.none()
    if dtype in ("str", "string", "object"):
        if dtype == "object":
            texts = texts | st.lists(st.integers(), max_size=2) | st.floats(allow_nan=False)
        return pd.Series(draw(st.lists(texts, min_size=rows, max_size=rows)), dtype=dtype)
    codes: Any = st.lists(st.integers(-1, 2), min_size=rows, max_size=rows)
    if dtype == "numbers":
        return pd.Series(pd.Categorical.from_codes(draw(codes), pd.Index([2.5, np.inf, -1.0])))
    if dtype in ("category", "ordered"):
        kinds: Any = draw(st.permutations(["b", "a", "never used"]))
        return pd.Series(pd.Categorical.from_codes(draw(codes), kinds, ordered=dtype == "ordered"))
    small: Any = st.integers(0, 1 if dtype in ("bool", "boolean") else 100)
    if dtype in ("Int32", "Float64", "boolean"):
        small = small | st.none()
    values: Any = pd.Series(draw(st.lists(small, min_size=rows, max_size=rows)), dtype="object")
    if "datetime64" in dtype or "timedelta64" in dtype:
        moments = values.astype("int64").to_numpy()
        unit = dtype.split("[")[1].split("]")[0].split(",")[0]
        plain: Any = pd.Series(moments.astype(f"{'m8' if 'timedelta' in dtype else 'M8'}[{unit}]"))
        zone = dtype.partition(", ")[2].rstrip("]")
        plain[plain == plain.max()] = pd.NaT
        return plain.dt.tz_localize("UTC").dt.tz_convert(zone) if zone else plain
    if dtype in ("Int32", "Float64", "boolean"):
        return values.where(values.notna(), pd.NA).astype(dtype)
    return values.astype(dtype)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """A frame with up to four columns of any dtype and an index of any dtype."""
    rows = draw(st.integers(0, 4))
    made = [draw(columns(rows)) for _ in range(draw(st.integers(0, 4)))]
    frame = pd.DataFrame(dict(enumerate(made)), index=range(rows))
    if draw(st.booleans()):
        frame.columns = pd.Index([f"{at} a/ü" for at in range(len(made))], name=draw(st.none() | st.text()))
    if draw(st.booleans()):
        values = draw(columns(rows).filter(lambda column: column.dtype != np.float16))  # pandas has none
        frame.index = pd.Index(values, name=draw(st.none() | st.text()))
    return frame


@given(frames())
def test_a_frame_comes_back_with_dtypes_categories_missing_values_and_index(frame: pd.DataFrame) -> None:
    loaded = back(frame)
    pd.testing.assert_frame_equal(loaded, frame, check_exact=True, check_freq=True)
    assert [str(dtype) for dtype in loaded.dtypes] == [str(dtype) for dtype in frame.dtypes]


def test_nan_and_infinity_survive() -> None:
    assert repr(back([float("nan"), float("inf"), -float("inf"), -0.0])) == "[nan, inf, -inf, -0.0]"


def test_nan_keeps_its_bits_in_a_frame() -> None:
    bits = np.array([0xFFF8000000000001, 0x7FF8000000000000], dtype=np.uint64)
    frame = pd.DataFrame({"a": bits.view(np.float64)})
    assert back(frame)["a"].to_numpy().view(np.uint64).tolist() == bits.tolist()


def test_a_date_index_keeps_its_frequency() -> None:
    frame = pd.DataFrame({"n": [1, 2, 3]}, index=pd.date_range("2020-01-01", periods=3, freq="D"))
    pd.testing.assert_frame_equal(back(frame), frame)


@pytest.mark.parametrize("index", [np.int32, np.int64])
def test_a_sparse_matrix_comes_back_with_its_index_type(index: type) -> None:
    parts: Any = np.ones(2, np.float32), np.array([2, 0], index), np.array([0, 1, 1, 2], index)
    matrix = csr_array(parts, shape=(3, 4))
    matrix.indices, matrix.indptr = parts[1], parts[2]
    loaded = back(matrix)
    assert (loaded.shape, loaded.dtype, loaded.indices.dtype, loaded.indptr.dtype) == (
        (3, 4), np.float32, index, index,
    )  # fmt: skip
    assert (loaded.toarray() == matrix.toarray()).all()
    assert not any(part.flags.writeable for part in (loaded.data, loaded.indices, loaded.indptr))


@pytest.mark.parametrize("dtype", [object, np.dtypes.StringDType()])
def test_an_array_of_texts_comes_back_as_what_it_was(dtype: Any) -> None:
    texts = np.array(["a", "", "ü\n"], dtype=dtype)
    loaded = back(texts)
    assert loaded.dtype == texts.dtype
    assert loaded.tolist() == texts.tolist()


def test_numbers_indexes_paths_and_enums_come_back() -> None:
    value = (np.float32(0.1), Path("a/b"), Colour.RED, date(2020, 1, 2), datetime(2020, 1, 2))  # noqa: DTZ001
    assert repr(back(value)) == repr(value)
    pd.testing.assert_index_equal(back(pd.Index(["b", "a"], name="item")), pd.Index(["b", "a"], name="item"))


def test_a_model_comes_back_and_so_does_one_that_derives_from_a_marked_one() -> None:
    value = Pair(Choice(weight=float("inf"), parts=(1, 2)), Finer(more="c"))
    assert back(value) == value
    assert back(value).both == "computed"


@pytest.mark.parametrize(
    "value",
    [
        np.array([1, "a"], dtype=object),
        np.array([["a"]], dtype=object),
        {1: "a"},
        {"a"},
        Unmarked(),
        object(),
        pd.DataFrame({"a": [object()]}),
        pd.DataFrame({"a": [(1, 2)]}),
        pd.DataFrame({("a", "b"): [1]}),
        pd.DataFrame({"a": [1]}, index=pd.MultiIndex.from_tuples([(1, 2)])),
        pd.DataFrame({"a": pd.period_range("2020", periods=1)}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_come_back_exactly_is_refused(value: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write(tmp_path, value)


def test_no_file_has_a_name_that_a_user_wrote(tmp_path: Path) -> None:
    names = write(tmp_path, {"../../etc/passwd": np.arange(3), "x" * 4000: pd.DataFrame({"../y": [1]})})
    assert names == ["001-0.npy", "002-1.parquet", "value.json"]


@pytest.mark.parametrize("name", ["os:system", "core.work.store:Store", "core.nowhere:A", "core.work:b.c"])
def test_only_marked_classes_are_made(name: str, tmp_path: Path) -> None:
    (tmp_path / "value.json").write_text(json.dumps({"$": "record", "is": [name, {}]}))
    with pytest.raises(UnknownClass):
        artifacts.load(tmp_path)


def test_no_file_outside_the_folder_is_read(tmp_path: Path) -> None:
    np.save(tmp_path / "outside.npy", np.arange(3))
    folder = tmp_path / "artifact"
    folder.mkdir()
    (folder / "value.json").write_text(json.dumps({"$": "array", "is": ["../outside.npy"]}))
    with pytest.raises(ValueError, match="not a file of this artifact"):
        artifacts.load(folder)


def test_pickled_arrays_are_not_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{}], dtype=object), allow_pickle=True)
    (tmp_path / "value.json").write_text(json.dumps({"$": "array", "is": ["a.npy"]}))
    with pytest.raises(ValueError, match="allow_pickle"):
        artifacts.load(tmp_path)


def test_large_arrays_can_stay_on_disk(tmp_path: Path) -> None:
    write(tmp_path, (np.zeros(8_000_001), np.zeros(3)))
    large, small = artifacts.load(tmp_path, map_large=True)
    assert isinstance(large, np.memmap)
    assert not isinstance(small, np.memmap)
    assert not large.flags.writeable
