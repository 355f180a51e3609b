"""Sources that come as a zip archive: unpacked into a passing folder, within limits, and read from there."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.data.archive import unpack
from core.work.errors import BadInput
from core.work.report import Report, within

_ZIP = b"PK\x03\x04"
# What a file in an archive begins with, and what such archives are.
_NO_TABLES = {
    b"\x93NUMPY": "arrays of numpy",
    b"\x80\x02": "a torch file",
    b"\x80\x03": "a pickle",
    b"\x80\x04": "a pickle",
    b"\x80\x05": "a pickle",
}


@contextmanager
def unpacked(path: Path, report: Report) -> Iterator[Path]:
    """The path itself, or where its files are if it is a zip archive: one file, or a folder of several.

    What was unpacked goes when the context ends. Raises BadInput for archives that are no data.
    """
    if not _is_zip(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="touchstone-") as folder:
        inside = Path(folder) / path.stem
        names = unpack(path, inside, within(report, 0.0, 0.2))
        _no_program(path, inside, names)
        yield inside / names[0] if len(names) == 1 else inside


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == _ZIP
    except OSError:
        return False


def _no_program(path: Path, inside: Path, names: list[str]) -> None:
    """Archives that are something else: spreadsheets, arrays, pickles."""
    if "xl/workbook.xml" in names:
        raise BadInput(
            f"{path.name} is a spreadsheet.", "CSV, TSV, JSON lines or Parquet.", "export it as CSV."
        )
    for name in names:
        with (inside / name).open("rb") as file:
            begins = file.read(8)
        kind = next((kind for mark, kind in _NO_TABLES.items() if begins.startswith(mark)), "")
        if kind:
            raise BadInput(
                f"{path.name} holds {kind} ({name[:60]}).",
                "CSV, TSV, JSON lines or Parquet.",
                "export it as Parquet: such files can run code.",
            )
