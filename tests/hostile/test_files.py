"""Files made to do harm: refused by content, or read in a child whose memory and time are limited."""

import ast
import gzip
import io
import pickle
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.data import upload
from core.data.dataset import Dataset
from core.data.load import Source, load, source_fingerprint
from core.data.pictures import picture
from core.evaluation.protocol import dataset_in_child
from core.work.desk import Desk
from core.work.engines import Inline
from core.work.errors import BadInput
from core.work.report import silent
from core.work.settings import settings
from core.work.store import Store
from tests.core.data.test_pictures import bomb

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Children that may add 0.4 GB, so that a bomb need not be large."""
    monkeypatch.setenv("TOUCHSTONE_MEMORY_GB", "0.4")
    settings.cache_clear()
    yield
    settings.cache_clear()


def given(content: bytes, name: str = "log.csv") -> Source:
    return Source(data=upload.keep([upload.Given(name, io.BytesIO(content), len(content))]))


def in_child(source: Source, folder: Path) -> Dataset:
    """As the page reads an upload."""
    desk = Desk(Store(folder / "store", 10**9), Inline())
    return desk.run(dataset_in_child, source, source_fingerprint(source), settings=None, report=silent)


def test_1_a_parquet_bomb(small: None, tmp_path: Path) -> None:
    """A file of less than 1 MB that unpacks to 1.3 GB."""
    file = io.BytesIO()
    rows = pa.table({name: np.zeros(4_000_000, dtype=np.int64) for name in ("user", "item")})
    with pq.ParquetWriter(file, rows.schema, compression="zstd") as writer:
        for _ in range(20):
            writer.write_table(rows)
    assert len(file.getvalue()) < 1_000_000
    with pytest.raises(BadInput, match=r"memory.*TOUCHSTONE_MEMORY_GB"):
        in_child(given(file.getvalue()), tmp_path)


def test_1_a_zip_bomb(small: None, tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", b"user,item\n" + b"a,1\n" * 12_000_000)
    with pytest.raises(BadInput, match="unpacks to more than"):
        in_child(given(file.getvalue(), "log.zip"), tmp_path)


def test_1_a_cell_of_a_gigabyte(small: None, tmp_path: Path) -> None:
    cell = gzip.compress(b"x" * 10_000_000, 1) * 100
    with pytest.raises(BadInput, match=r"ran out of memory \(limit: 0\.4 GB\)"):
        in_child(given(gzip.compress(b"user,item\na,1\nb,") + cell), tmp_path)


def test_1_a_picture_bomb(tmp_path: Path) -> None:
    """A picture of 50,000 × 50,000 points in a few KB is no table, whatever its name, and never decoded."""
    with pytest.raises(BadInput, match=r"log\.csv is a picture"):
        load(given(bomb(50_000, 50_000)))
    (tmp_path / "log.csv").write_text("user,item\nann,tea\nbo,jam\n")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "tea.png").write_bytes(bomb(50_000, 50_000))
    with pytest.raises(BadInput, match=r"tea\.png has too many pixels to decode.*16,000,000 pixels"):
        load(Source(data=str(tmp_path / "log.csv"), pictures=str(tmp_path / "images")))
    assert picture(str(tmp_path / "images"), "tea.png") == ""


def test_1_a_million_columns() -> None:
    header = ",".join(f"c{at}" for at in range(1_000_000))
    with pytest.raises(BadInput, match="has 1,000,000 columns"):
        load(given(f"{header}\n1,2\n".encode()))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"user,item\na,1\nb\0,2\n", "line 3 holds a zero byte"),
        (b"user,item\r\na\0\0\0,1\r\n", "line 2 holds a zero byte"),
        ("user,item\na,1\nb,2\n".encode("utf-16-be"), "holds a zero byte"),
        (b"\xff\xfeuser,item\n", "is marked utf-16 but isn't|has only one column"),
    ],
)
def test_1_zero_bytes_and_half_an_encoding(content: bytes, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        load(given(content))


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfuser,item\na,1\nb,2\n",
        "user,item\na,1\nb,2\n".encode("utf-16"),
        b"user,item\r\na,1\nb,2\r",
        b"user,item\ra,1\rb,2\r",
        b"\n\r\nuser,item\n\na,1\n\r\n\nb,2\n\n",
    ],
    ids=["BOM", "UTF-16", "mixed newlines", "old Mac", "blank lines"],
)
def test_1_marks_and_newlines_are_read(content: bytes) -> None:
    dataset = load(given(content))
    assert (dataset.user_ids.tolist(), dataset.item_ids.tolist()) == (["a", "b"], ["1", "2"])


class Harm:
    """What a pickle of a stranger would do."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path("harm"),))  # type: ignore[return-value]


def objects() -> bytes:
    file = io.BytesIO()
    np.save(file, np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
    return file.getvalue()


def torch_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model/data.pkl", pickle.dumps(Harm(), protocol=2))
        archive.writestr("model/version", "3")
    return file.getvalue()


HARMFUL = {
    **{f"pickle {protocol}": pickle.dumps(Harm(), protocol=protocol) for protocol in range(6)},
    "pickled frame": pickle.dumps(pd.DataFrame({"user": ["a"], "item": ["1"]})),
    "joblib": zlib.compress(pickle.dumps(Harm())),
    "gzipped pickle": gzip.compress(pickle.dumps(Harm())),
    "torch": torch_file(),
    "array of objects": objects(),
}


@pytest.mark.parametrize("kind", HARMFUL)
@pytest.mark.parametrize("name", ["log.csv", "log.parquet", "log.pkl"])
def test_3_what_can_run_code_is_refused_by_content(
    kind: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=r"pickle|packed by zlib|array of numpy"):
        load(given(HARMFUL[kind], name))
    assert not (tmp_path / "harm").exists()


LOADERS = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def test_3_our_code_has_no_way_to_load_them() -> None:
    """No import of what unpickles, no call that may: in the product, the samples and the benchmarks."""
    found = []
    for folder in ("core", "pages", "sample_data", "benchmarks"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                bad = {name for name in names if name.split(".")[0] in LOADERS}
                if isinstance(node, ast.Call):
                    called = getattr(node.func, "attr", "")
                    allowed = {word.arg: ast.unparse(word.value) for word in node.keywords}
                    bad |= {called} & {"read_pickle", "to_pickle", "unsafe_load"}
                    bad |= {"allow_pickle"} if allowed.get("allow_pickle", "False") != "False" else set()
                    if ast.unparse(node.func) in ("torch.load",) and allowed.get("weights_only") != "True":
                        bad.add("torch.load")
                found += [f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)} {name}" for name in bad]
    assert not found
