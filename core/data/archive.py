"""Zip archives of strangers: unpacked whole, inside their folder and within a limit, or not at all."""

import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.report import Report

RATIO = 50  # text packs to a fifth; what packs to a fiftieth is made to fill disks
ALLOWANCE = 1_000_000  # bytes, so that a small archive of zeros is no bomb
MOST_FILES = 1_000
_CHUNK = 1 << 20
_IGNORED = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._)")


def unpack(archive: Path, folder: Path, report: Report, most: int | None = None) -> list[str]:
    """Unpacks a zip into a new folder and returns the names; a folder that holds all of it is left out.

    `most` bounds the unpacked bytes, else RATIO times those of the archive. Raises BadInput for a damaged
    archive, names that lead outside, links, passwords and bombs; then the folder holds rubbish.
    """
    limit = RATIO * archive.stat().st_size + ALLOWANCE if most is None else most
    try:
        with zipfile.ZipFile(archive) as opened:
            members = _members(opened, archive.name)
            _bounded(sum(member.file_size for member in members.values()), limit, archive.name)
            left = limit
            for at, (name, member) in enumerate(members.items()):
                report(at / len(members), f"Unpacking {name}")
                left -= _extract(opened, member, folder / name, left, archive.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _bad(
            archive.name, f"is a damaged zip archive ({str(error)[:120]})", "a whole zip archive."
        ) from error
    return list(members)


def _members(opened: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """The files inside under safe relative names, without a folder that holds all of them."""
    infos = [info for info in opened.infolist() if not info.is_dir() and not _IGNORED.search(info.filename)]
    if not infos:
        raise _bad(name, "holds no file", "a zip archive with files.")
    if len(infos) > MOST_FILES:
        raise _bad(name, f"holds {len(infos):,} files", f"at most {MOST_FILES:,}.")
    paths = [_safe(info, name) for info in infos]
    above = {path.parts[0] for path in paths}
    if len(above) == 1 and all(len(path.parts) > 1 for path in paths):
        paths = [PurePosixPath(*path.parts[1:]) for path in paths]
    found = {str(path): info for path, info in zip(paths, infos, strict=True)}
    if len(found) < len(infos):
        raise _bad(name, "holds two files of one name", "each name once.")
    return found


def _safe(info: zipfile.ZipInfo, name: str) -> PurePosixPath:
    path, kind = PurePosixPath(info.filename), stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise _bad(name, f"holds a link or a device ({info.filename[:80]!r})", "files only.")
    if info.flag_bits & 1:
        raise _bad(name, "asks for a password", "an archive without one.")
    outside = (
        path.is_absolute() or ".." in path.parts or re.search(r"[\\\x00-\x1f]|^[A-Za-z]:", info.filename)
    )
    if outside or len(info.filename) > 200 or not path.parts:
        raise _bad(name, f"holds a name that leads outside ({info.filename[:80]!r})", "plain names.")
    return path


def _extract(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limit: int, name: str) -> int:
    """Writes one file and returns its bytes: those that come, not those that the archive promises."""
    files, size = RealFiles(), 0
    files.make_folder(target.parent)
    with opened.open(member) as source, files.create(target) as file:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            _bounded(size, limit, name)
            file.write(chunk)
    return size


def _bounded(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise _bad(name, f"unpacks to more than {limit / 1e6:,.1f} MB", "data that packs as data does.")


def _bad(name: str, what: str, expected: str) -> BadInput:
    return BadInput(f"{name} {what}.", expected, "get the archive from its publisher again.")
