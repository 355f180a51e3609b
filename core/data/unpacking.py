"""Sources that come as a zip archive: unpacked into a passing folder, within limits, and read from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.data.archive import unpack
from core.data.refusing import refuse
from core.work.errors import BadInput
from core.work.report import Report, within
from core.work.scratch import passing_folder
from core.work.settings import settings

_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xdb", b"GIF8")


@contextmanager
def unpacked(path: Path, report: Report) -> Iterator[Path]:
    """The path itself, or where its files are if it is a zip archive: one file, or a folder of several.

    What was unpacked goes when the context ends. Raises BadInput for archives that are no data.
    """
    if not _is_zip(path):
        yield path
        return
    with passing_folder(settings().temporary_folder) as folder:
        inside = folder / path.stem
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
            begins = file.read(64)
        if begins[:4] not in _PICTURES:  # pictures may lie beside the tables
            refuse(begins, f"{name[:60]} in {path.name}")
