"""A picture is a small file inside the data set's folder, whatever the image column says."""

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from core.data.pictures import opened, picture
from core.work.errors import BadInput


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "shop"
    inside.mkdir()
    Image.new("RGB", (6, 8), "red").save(inside / "a.png")
    Image.new("RGB", (6, 8), "red").save(inside / "a.jpg")
    Image.new("RGB", (6, 8), "red").save(inside / "a.webp")
    (inside / "big.png").write_bytes((inside / "a.png").read_bytes() + bytes(300_000))
    (inside / "text.png").write_bytes(b"picture")
    (inside / "empty.png").write_bytes(b"")
    (inside / "gif.png").write_bytes(gif())
    (inside / "bomb.png").write_bytes(bomb(50_000, 50_000))
    (inside / "a.svg").write_text("<svg/>")
    (tmp_path / "outside.png").write_bytes(b"secret")
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    return inside


def gif() -> bytes:
    """A picture of a form that we don't read."""
    Image.new("RGB", (6, 8), "red").save(out := io.BytesIO(), "GIF")
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that says that it has so many points."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture(autouse=True)
def nothing_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The header is enough, whatever it says."""

    def load(*_: object) -> None:
        raise AssertionError("pixels were decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", load)


@pytest.mark.parametrize(("name", "kind"), [("a.png", "png"), ("a.jpg", "jpeg"), ("a.webp", "webp")])
def test_a_picture_is_read(folder: Path, name: str, kind: str) -> None:
    content = base64.b64encode((folder / name).read_bytes()).decode()
    assert picture(str(folder), name) == f"data:image/{kind};base64,{content}"


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [(4_001, 4_000, r"\(4,001 × 4,000\)"), (12_000, 12_000, ""), (50_000, 50_000, ""), (2**31 - 1, 1, "")],
    ids=["over our limit", "over Pillow's", "far over it", "one long line"],
)
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(
    tmp_path: Path, width: int, height: int, said: str
) -> None:
    (tmp_path / "7.png").write_bytes(bomb(width, height))
    with (
        pytest.raises(BadInput, match=rf"^7\.png has too many pixels.*{said}.*16,000,000"),
        opened(tmp_path / "7.png"),
    ):
        pass
    assert picture(str(tmp_path), "7.png") == ""


def test_the_largest_picture_that_is_allowed_is_opened(tmp_path: Path) -> None:
    (tmp_path / "7.png").write_bytes(bomb(4_000, 4_000))
    with opened(tmp_path / "7.png") as found:
        assert found.size == (4_000, 4_000)


@pytest.mark.parametrize("name", ["text.png", "empty.png", "gif.png", "a.svg"])
def test_what_is_no_picture_is_refused_by_name(folder: Path, name: str) -> None:
    with pytest.raises(BadInput, match=rf"^{name} is no picture.*PNG, JPEG or WebP"), opened(folder / name):
        pass


@pytest.mark.parametrize(
    "image",
    [
        "",
        "none.png",
        "big.png",
        "text.png",
        "empty.png",
        "gif.png",
        "bomb.png",
        "a.svg",
        "link.png",
        "../outside.png",
        "https://example.org/a.png",
        "a\0.png",
        "x" * 5000,
    ],
)
def test_anything_else_is_not(folder: Path, image: str) -> None:
    assert picture(str(folder), image) == ""
    assert picture(str(folder), str(folder.parent / "outside.png")) == ""
    assert picture("", "a.png") == ""
