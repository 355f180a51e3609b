"""What is no table, told by its first bytes: programs, arrays, pictures, spreadsheets, databases."""

import re

from core.work.errors import BadInput

_RUNS = "it can run code, so it is never opened; export it as Parquet or CSV."
_EXPORT = "export it as Parquet or CSV."
# What a file begins with, what that is, and what to do.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x80\x02", "a pickle", _RUNS),
    (b"\x80\x03", "a pickle", _RUNS),
    (b"\x80\x04", "a pickle", _RUNS),
    (b"\x80\x05", "a pickle", _RUNS),
    (b"\x78\x9c", "packed by zlib, as joblib's files are", _RUNS),
    (b"\x78\x01", "packed by zlib, as joblib's files are", _RUNS),
    (b"\x78\xda", "packed by zlib, as joblib's files are", _RUNS),
    (b"\x93NUMPY", "an array of numpy", _EXPORT),
    (b"\x89HDF\r\n", "a file of HDF5", _EXPORT),
    (b"ARROW1", "a file of Arrow (Feather)", _EXPORT),
    (b"SQLite format 3", "a database of SQLite", "give it as sqlite:///FILE with a query."),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet", "export it as CSV."),
    (b"\x89PNG", "a picture", "join pictures by a folder of them."),
    (b"\xff\xd8\xff", "a picture", "join pictures by a folder of them."),
    (b"GIF8", "a picture", "join pictures by a folder of them."),
    (b"%PDF", "a document (PDF)", _EXPORT),
    (b"\x7fELF", "a program", _EXPORT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "pack it as zip, or give the file inside."),
    (b"Rar!", "a RAR archive", "pack it as zip, or give the file inside."),
    (b"BZh", "packed by bzip2", "pack it as zip or gzip, or give the file inside."),
    (b"\xfd7zXZ", "packed by xz", "pack it as zip or gzip, or give the file inside."),
    (b"\x28\xb5\x2f\xfd", "packed by zstd", "pack it as zip or gzip, or give the file inside."),
)
# Pickles of the oldest protocol are text: they name a module and a name, or begin a mark.
_OLD_PICKLE = re.compile(rb"(\(?(dp|lp|tp|ip)\d+\n|\(?c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n|\((d|l)p?\d*\n)")


def refuse(begins: bytes, name: str) -> None:
    """Raises BadInput where a file that begins so is no table; `begins` may be cut."""
    for mark, kind, do in _MARKS:
        if begins.startswith(mark):
            raise BadInput(f"{name} is {kind}.", "CSV, TSV, JSON lines or Parquet.", do)
    if _OLD_PICKLE.match(begins):
        raise BadInput(f"{name} is a pickle.", "CSV, TSV, JSON lines or Parquet.", _RUNS)
