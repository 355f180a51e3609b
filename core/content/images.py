"""Pictures of items: opened within limits, the same size for all, and their colours by name."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.data.pictures import opened
from core.types import FloatArray
from core.work.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 224  # pixels of a picture as the network sees it
MOST = 10_000_000  # bytes of a picture that is read
# The eleven basic colour terms (Berlin & Kay 1969) and what English adds in shops, as CIELAB means of sRGB.
COLOURS = {
    "black": (20, 20, 20),
    "white": (245, 245, 245),
    "grey": (128, 128, 128),
    "red": (200, 30, 40),
    "orange": (240, 130, 30),
    "yellow": (245, 210, 50),
    "green": (50, 140, 70),
    "teal": (20, 130, 130),
    "blue": (40, 90, 190),
    "navy": (25, 35, 80),
    "purple": (120, 60, 150),
    "pink": (240, 150, 180),
    "brown": (110, 70, 40),
    "beige": (220, 200, 165),
}


@dataclass(frozen=True)
class Colour:
    """A colour of a picture: its name, its look as #rrggbb and the share of the picture that has it."""

    name: str
    look: str
    share: float


def find(folder: str, image: str) -> Path | None:
    """The file of a picture, None where it is none inside the folder or too large a one."""
    try:
        inside = Path(folder).resolve()
        path = (inside / image).resolve()
        fits = bool(folder and image) and path.is_relative_to(inside) and 0 < path.stat().st_size <= MOST
    except (OSError, ValueError):
        return None
    return path if fits else None


def read(path: Path) -> "Image":
    """The first frame on white, as RGB; raises BadInput that names the file where it can't be decoded."""
    from PIL import Image

    with opened(path) as found:
        try:
            found.seek(0)
            drawn = found.convert("RGBA")
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise BadInput(f"{path.name} is cut or damaged.", "a whole picture.", "save it again.") from error
    ground = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(ground, drawn).convert("RGB")


def pixels(picture: "Image") -> FloatArray:
    """(3, SIDE, SIDE) float32 in −1 to 1: the whole picture, centred on white."""
    from PIL import Image

    scale = SIDE / max(picture.size)
    width, height = (max(1, round(scale * side)) for side in picture.size)
    square = Image.new("RGB", (SIDE, SIDE), "white")
    square.paste(
        picture.resize((width, height), Image.Resampling.BILINEAR),
        ((SIDE - width) // 2, (SIDE - height) // 2),
    )
    return ((np.asarray(square, dtype=np.float32) - 127) / 128).transpose(2, 0, 1)


def colours(picture: "Image", most: int = 3) -> list[Colour]:
    """The main colours, the most frequent first; the colour of the edge is taken for ground and left out."""
    from PIL import Image

    small = picture.resize((64, 64), Image.Resampling.BOX).quantize(8, Image.Quantize.MEDIANCUT)
    palette = np.array((small.getpalette() or [])[: 3 * 8], dtype=np.int64).reshape(-1, 3)
    codes = np.asarray(small)
    edge = np.concatenate([codes[0], codes[-1], codes[:, 0], codes[:, -1]])
    ground = _named(palette[np.bincount(edge).argmax()])
    shares: dict[str, float] = {}
    looks: dict[str, tuple[float, str]] = {}
    for code, many in enumerate(np.bincount(codes.ravel(), minlength=len(palette))):
        name, share = _named(palette[code]), many / codes.size
        shares[name] = shares.get(name, 0) + share
        look = "#" + "".join(f"{part:02x}" for part in palette[code])
        looks[name] = max(looks.get(name, (0.0, look)), (share, look))
    if len(shares) > 1:
        shares.pop(ground, None)
    whole = sum(shares.values())
    ranked = sorted(shares, key=lambda name: -shares[name])
    return [
        Colour(name, looks[name][1], shares[name] / whole)
        for name in ranked[:most]
        if shares[name] > 0.05 * whole
    ]


def _named(colour: np.ndarray) -> str:
    """The nearest colour term by distance in CIELAB."""
    names = list(COLOURS)
    return names[
        int(np.argmin(((_lab(np.array(list(COLOURS.values()))) - _lab(colour[None])) ** 2).sum(axis=1)))
    ]


def _lab(rgb: np.ndarray) -> FloatArray:
    """(N, 3) CIELAB of sRGB values 0 to 255, D65 (IEC 61966-2-1; CIE 15)."""
    part = rgb / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = linear @ matrix.T / np.array([0.95047, 1.0, 1.08883])
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]), 200 * (root[:, 1] - root[:, 2])], axis=1
    )
