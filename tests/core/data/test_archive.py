"""Archives of strangers: names, links, sizes and damage."""

import stat
import zipfile
from pathlib import Path

import pytest

from core.data.archive import unpack
from core.work.errors import BadInput
from core.work.report import silent
from tests.core.data.loopback import archive


def given(folder: Path, content: bytes) -> Path:
    path = folder / "set.zip"
    path.write_bytes(content)
    return path


def test_a_folder_around_everything_is_left_out(tmp_path: Path) -> None:
    path = given(tmp_path, archive({"set/a.csv": "1", "set/b/c.csv": "2", "__MACOSX/set/._a.csv": "x"}))
    assert unpack(path, tmp_path / "out", silent) == ["a.csv", "b/c.csv"]
    assert (tmp_path / "out" / "b" / "c.csv").read_text() == "2"


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/a", "C:/a", "a\\b", "..\\a", "a\nb", "x" * 300, "a/../a"]
)
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="leads outside"):
        unpack(given(tmp_path, archive({"fine": "x", name: "y"})), tmp_path / "out", silent)
    assert not (tmp_path / "out").exists() and {path.name for path in tmp_path.iterdir()} == {"set.zip"}


def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.zip"
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr(link, "/etc/passwd")
    with pytest.raises(BadInput, match="holds a link"):
        unpack(path, tmp_path / "out", silent)


def test_a_bomb_is_refused_by_what_it_promises(tmp_path: Path) -> None:
    path = given(tmp_path, archive({"a": b"\0" * 80_000_000}, packed=zipfile.ZIP_DEFLATED))
    with pytest.raises(BadInput, match="unpacks to more than"):
        unpack(path, tmp_path / "out", silent)
    assert not (tmp_path / "out").exists()


def test_a_bomb_that_lies_is_refused_by_what_comes(tmp_path: Path) -> None:
    """The sizes in the directory are the archive's own word: what comes is counted."""
    content = bytearray(archive({"a": b"\0" * 5_000_000}, packed=zipfile.ZIP_DEFLATED))
    size = (5_000_000).to_bytes(4, "little")
    for _ in range(content.count(size)):
        at = content.index(size)
        content[at : at + 4] = (1_000).to_bytes(4, "little")
    with pytest.raises(BadInput, match=r"is a damaged zip archive|unpacks to more than"):
        unpack(given(tmp_path, bytes(content)), tmp_path / "out", silent, most=10_000)
    assert sum(file.stat().st_size for file in (tmp_path / "out").rglob("*")) <= 10_000


def test_many_files_and_equal_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds 1,001 files"):
        unpack(given(tmp_path, archive({str(at): "" for at in range(1_001)})), tmp_path / "out", silent)
    with pytest.raises(BadInput, match="two files of one name"):
        unpack(given(tmp_path, archive({"a": "1", "./a": "2"})), tmp_path / "out", silent)


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "nothing inside"])
def test_damage_is_named(tmp_path: Path, damage: str) -> None:
    content = archive({"a.csv": b"1234567890" * 100})
    damaged = {
        "cut": content[:500],
        "flipped": content[:100] + bytes([content[100] ^ 1]) + content[101:],
        "empty": b"",
        "nothing inside": archive({}),
    }[damage]
    with pytest.raises(BadInput, match=r"damaged zip archive|holds no file"):
        unpack(given(tmp_path, damaged), tmp_path / "out", silent)
