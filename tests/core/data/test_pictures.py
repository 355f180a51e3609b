"""A picture is a small file inside the data set's folder, whatever the image column says."""

from pathlib import Path

import pytest

from core.data.pictures import picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "shop"
    inside.mkdir()
    (inside / "a.png").write_bytes(b"picture")
    (inside / "big.png").write_bytes(b"0" * 300_000)
    (inside / "a.svg").write_text("<svg/>")
    (tmp_path / "outside.png").write_bytes(b"secret")
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    return inside


def test_a_picture_is_read(folder: Path) -> None:
    assert picture(str(folder), "a.png") == "data:image/png;base64,cGljdHVyZQ=="


@pytest.mark.parametrize(
    "image",
    [
        "",
        "none.png",
        "big.png",
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
