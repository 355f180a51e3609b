"""Files of every form, mangled: bytes changed, cut, doubled, swapped, in another encoding."""

import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from core.data.cleaning import clean
from core.data.decoding import decode
from core.data.events_named import Events
from core.data.preparing import prepared
from core.data.readers.base import READERS, Raw, choose
from core.work.errors import BadInput
from core.work.report import silent
from tests.core.data.forms import FORMS

GENERIC = {
    "generic": {"log.csv": "user,item,rating,timestamp\nann,tea,5,1574603000\nbo,jam,4,1574603010\n"},
    "train and test": {"train.csv": "user,item\na,1\nb,2\n", "test.csv": "user,item\na,2\n"},
    "numbers": {"log.tsv": "1\t10\t5\t881250949\n2\t20\t3\t881250950\n"},
    "objects": {"log.jsonl": '{"user": 1, "item": "a", "rating": 5}\n{"user": 2, "item": "b"}\n'},
}
ALL = FORMS | GENERIC
PIECES = [
    b"\0",
    b'"',
    b",",
    b"\t",
    b"::",
    b"\n",
    b"\r\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"nan",
    b"inf",
    b"-1",
]
PIECES += [b"1e400", b"[" * 50, b"{", b"\x80\x04", b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b" " * 20, b"9" * 30]
PIECES += [
    "é".encode("latin-1"),
    "电影".encode("gb18030"),
    "\u2028".encode(),
    "\x85".encode(),
    b"\x1c",
    b"\\",
]


@st.composite
def mangled(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a form, one or more of them changed in up to four places."""
    files = {name: text.encode() for name, text in ALL[draw(st.sampled_from(sorted(ALL)))].items()}
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(files)))
        content = files[name]
        at, to = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        match draw(st.sampled_from(["cut", "drop", "double", "put", "bytes", "encode", "lines"])):
            case "cut":
                content = content[:at]
            case "drop":
                content = content[:at] + content[to:]
            case "double":
                content = content[:to] + content[at:]
            case "put":
                content = content[:at] + draw(st.sampled_from(PIECES)) + content[at:]
            case "bytes":
                content = content[:at] + draw(st.binary(min_size=1, max_size=8)) + content[at:]
            case "encode":
                text = content.decode("utf-8", "replace")
                encoding = draw(st.sampled_from(["utf-16", "utf-8-sig", "gb18030", "utf-16-le"]))
                content = text.encode(encoding, "replace")
            case _:
                content = b"\n".join(draw(st.permutations(content.split(b"\n"))))
        files[name] = content
    return files


def read_all(files: dict[str, bytes]) -> None:
    """Every reader says how sure it is, the best and a few others read, and the rows are cleaned.

    Raises AssertionError where a reader crashes, or where a row is gone and nobody said so.
    """
    folder = Path(tempfile.mkdtemp())
    try:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        for cls in READERS.all().values():
            assert 0 <= cls().sure(folder) <= 1
        paths = [folder, *[path for path in sorted(folder.iterdir()) if path.is_file()][:1]]
        for path in paths:
            try:
                raw = choose(path).read(path, silent)
            except BadInput as error:
                assert all(error.args), error.args
                continue
            account(raw, folder)
            try:
                clean(prepared(raw, Events()))
            except BadInput as error:
                assert all(error.args), error.args
    finally:
        shutil.rmtree(folder)


def account(raw: Raw, folder: Path) -> None:
    """Rows that were read and rows that were left out are all lines but for a header."""
    for file in raw.origin.files:
        paths = [one for one in folder.rglob(file.name) if one.is_file()]
        if len(paths) != 1:  # of Open Bandit's files several have one name
            continue
        path = paths[0]
        text, _ = decode(path.read_bytes(), file.name)
        if '"' in text and not text.lstrip().startswith("{"):
            continue  # a quoted cell may hold newlines
        lines = [line for line in re.split(r"\r\n|\n|\r", text) if line.strip()]
        said = [
            did
            for did in raw.origin.cleaning
            if did.step == "malformed rows" and did.detail.startswith(file.name)
        ]
        found = file.rows + sum(did.count for did in said)
        assert len(lines) - 1 <= found <= len(lines), (file, len(lines), said)
