"""Pictures: their colours by name, and what a bad file does."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.content import images
from core.content.encoders.picture import Picture
from core.content.texts import Content
from core.work.errors import BadInput
from core.work.report import silent


def picture(*colours: str, ground: str = "white") -> Image.Image:
    """Stripes of colours on a ground that shows at the edge."""
    made = Image.new("RGB", (90, 90), ground)
    for at, colour in enumerate(colours):
        width = 60 // len(colours)
        made.paste(Image.new("RGB", (width, 60), colour), (15 + at * width, 15))
    return made


@pytest.mark.parametrize(
    "name", ["red", "orange", "yellow", "green", "blue", "navy", "purple", "pink", "brown"]
)
def test_a_colour_is_called_by_its_name(name: str) -> None:
    look = "#{:02x}{:02x}{:02x}".format(*images.COLOURS[name])
    found = images.colours(picture(look))
    assert [one.name for one in found] == [name]
    assert found[0].share == pytest.approx(1)


def test_two_colours_by_their_shares_and_the_ground_is_left_out() -> None:
    found = images.colours(picture("#1e8c46", "#1e8c46", "#c81e28", ground="black"))
    assert [one.name for one in found][:2] == ["green", "red"]
    assert found[0].share == pytest.approx(2 / 3, abs=0.05)
    assert "black" not in [one.name for one in found]


def test_a_picture_of_one_colour_has_it() -> None:
    assert [one.name for one in images.colours(Image.new("RGB", (20, 20), "white"))] == ["white"]


def content(folder: Path, *files: str) -> Content:
    many = len(files)
    return Content(
        np.array([f"i{at}" for at in range(many)], dtype=object),
        np.full(many, "", dtype=object),
        np.full(many, "", dtype=object),
        np.full(many, np.nan, dtype=np.float32),
        np.array(files, dtype=object),
        str(folder),
    )


def test_bad_pictures_have_no_vector_and_the_others_do(tmp_path: Path) -> None:
    picture("red").save(tmp_path / "red.png")
    picture("blue").save(tmp_path / "blue.jpg")
    picture("green").convert("P").save(tmp_path / "palette.png", transparency=0)
    frames = [picture("red"), picture("blue")]
    frames[0].save(tmp_path / "moving.webp", save_all=True, append_images=frames[1:])
    (tmp_path / "broken.png").write_bytes((tmp_path / "red.png").read_bytes()[:60])
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "bomb.png").write_bytes(_bomb())
    outside = tmp_path.parent / "outside.png"
    picture("red").save(outside)
    names = (
        "red.png",
        "blue.jpg",
        "palette.png",
        "moving.webp",
        "broken.png",
        "text.png",
        "bomb.png",
        "gone.png",
        "../outside.png",
        "",
    )
    found = Picture().encode(content(tmp_path, *names), silent)
    assert np.any(found != 0, axis=1).tolist() == [True] * 4 + [False] * 6


def test_where_no_picture_can_be_read_the_first_reason_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    with pytest.raises(BadInput, match=r"No picture can be read: text.png is no picture"):
        Picture().encode(content(tmp_path, "text.png"), silent)


def test_a_wide_picture_is_seen_whole() -> None:
    seen = images.pixels(Image.new("RGB", (400, 100), "black"))
    assert seen.shape == (3, 224, 224)
    assert seen[:, 112, :].max() == pytest.approx(-127 / 128)
    assert seen[:, 0, :].min() == pytest.approx(1)


def _bomb() -> bytes:
    """A PNG of 50,000 × 50,000 pixels by its header."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )
