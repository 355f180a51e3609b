"""What every reader promises."""

import io
import pathlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.data.readers.base import Reader
from core.data.tables import HEAD_BYTES
from core.work.errors import BadInput
from core.work.report import silent
from tests.contract.things import readers

pytestmark = pytest.mark.parametrize("reader", readers())
# Names that readers look for, so that each gets to see something of its own kind.
NAMES = (
    "u.data",
    "u.item",
    "u.user",
    "dataset.json",
    "interactions.parquet",
    "log.csv",
    "train.csv",
    "test.csv",
)


class Counted(io.BufferedReader):
    """A file that counts the bytes taken from it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        return self._count(super().read(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._count(super().readline(size))

    def _count(self, found: bytes) -> bytes:
        type(self).taken = max(type(self).taken, len(found))
        return found


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> type[Counted]:
    """The largest piece that was taken from a file opened for bytes."""

    usual = pathlib.Path.open

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if mode == "rb":
            return Counted(io.FileIO(path))
        return usual(path, mode, *rest, **more)

    monkeypatch.setattr(pathlib.Path, "open", opened)
    Counted.taken = 0
    return Counted


@pytest.mark.parametrize(
    "content", [b"1\t2\t3\t4\n", b"x", b"user,item\n", b"\x1f\x8b", b'{"schema": 1}'], ids=range(5)
)
def test_sure_reads_little_of_each_file(
    reader: Reader, content: bytes, counted: type[Counted], tmp_path: Path
) -> None:
    """At most 64 KB of a file, however large it is and without a line end."""
    for name in NAMES:
        (tmp_path / name).write_bytes(content * 2 + b"7" * 500_000)
    reader.sure(tmp_path)
    for name in NAMES:
        reader.sure(tmp_path / name)
    assert counted.taken <= HEAD_BYTES


@given(content=st.binary(max_size=60), name=st.sampled_from(NAMES))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sure_never_raises(reader: Reader, content: bytes, name: str, tmp_path: Path) -> None:
    """Whatever is in a file, a reader says how sure it is: between 0 and 1."""
    for other in NAMES:
        (tmp_path / other).write_bytes(b"1\t2\t3\t4\n")
    (tmp_path / name).write_bytes(content)
    for path in (tmp_path, tmp_path / name):
        assert 0 <= reader.sure(path) <= 1


def test_sure_of_nothing_is_zero(reader: Reader, tmp_path: Path) -> None:
    """An empty folder is nobody's."""
    assert reader.sure(tmp_path) == 0


@given(content=st.binary(max_size=60), name=st.sampled_from(NAMES))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_read_gives_tables_or_bad_input(reader: Reader, content: bytes, name: str, tmp_path: Path) -> None:
    """A file that is broken in any way is refused in words."""
    for other in NAMES:
        (tmp_path / other).write_bytes(b"1\t2\t3\t4\n")
    (tmp_path / name).write_bytes(content)
    try:
        reader.read(tmp_path, silent)
    except BadInput as error:
        assert all(error.args)


def test_it_says_what_it_is(reader: Reader) -> None:
    """A name for the option, a label for people, a docstring."""
    assert reader.name.isidentifier()
    assert reader.label.strip()
    assert (type(reader).__doc__ or "").strip()
