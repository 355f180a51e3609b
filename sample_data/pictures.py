"""Pictures of items: the department is the plate, the kind is the silhouette, in its colour and pattern.

A shape is a list of strokes on a field of 100 × 100, separated by `;`. Each ends with a tone:
c the item's colour with its pattern, d darker, l lighter, w the plate.

    b x0 y0 x1 y1 r tone      box with corners of radius r (two corners as x,y pairs)
    o x0,y0 x1,y1 tone        oval
    p x,y x,y x,y … tone      polygon
    l w x,y x,y … tone        line of width w
    a w x0,y0 x1,y1 s e tone  arc of width w from angle s to e
"""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

SIZE = 128
ZOOM = 4  # drawn larger and reduced, so that edges are smooth
FIELD = SIZE * ZOOM
TONES = 48  # colours in a picture's palette
INK = (32, 34, 40)
PAPER = (255, 255, 255)

Colour = tuple[int, int, int]


def draw(plate: str, shape: str, colour: str, pattern: str) -> Image.Image:
    """A picture of SIZE × SIZE with a palette."""
    main = _rgb(colour)
    ground = _mix(_mix(main, PAPER, 0.9), (246, 244, 240), 0.5)
    tones = {"c": main, "d": _mix(main, INK, 0.45), "l": _mix(main, PAPER, 0.5), "w": _mix(main, PAPER, 0.8)}
    image = Image.new("RGB", (FIELD, FIELD), ground)
    _strokes(image, plate, tones, None)
    _strokes(image, shape, tones, _pattern_of(main, pattern))
    small = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    return small.quantize(TONES, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def _strokes(image: Image.Image, strokes: str, tones: dict[str, Colour], fabric: Image.Image | None) -> None:
    for stroke in strokes.split(";"):
        mask = Image.new("L", image.size, 0)
        *parts, tone = stroke.split()
        _stroke(ImageDraw.Draw(mask), parts)
        paint = fabric if tone == "c" and fabric else Image.new("RGB", image.size, tones[tone])
        image.paste(paint, (0, 0), mask)


def _stroke(pen: ImageDraw.ImageDraw, parts: list[str]) -> None:
    points = [_point(part) for part in parts if "," in part]
    numbers = [float(part) * FIELD / 100 for part in parts[1:] if "," not in part]
    match parts[0]:
        case "b":
            pen.rounded_rectangle(points, numbers[0], fill=255)
        case "o":
            pen.ellipse(points, fill=255)
        case "p":
            pen.polygon(points, fill=255)
        case "l":
            _line(pen, points, numbers[0])
        case "a":
            pen.arc(points, float(parts[-2]), float(parts[-1]), fill=255, width=round(numbers[0]))


def _point(text: str) -> tuple[float, float]:
    x, y = text.split(",")
    return float(x) * FIELD / 100, float(y) * FIELD / 100


def _line(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float) -> None:
    pen.line(points, fill=255, width=round(width))
    for x, y in points:  # round ends
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)


def _pattern_of(main: Colour, pattern: str) -> Image.Image:
    """A field of the colour with the pattern on it, darker on a bright colour and lighter on a dark one."""
    bright = sum(main) > 330
    second = _mix(main, INK, 0.24) if bright else _mix(main, PAPER, 0.28)
    fabric = Image.new("RGB", (FIELD, FIELD), main)
    fabric.paste(second, (0, 0), _pattern_mask(pattern))
    return fabric


@lru_cache
def _pattern_mask(pattern: str) -> Image.Image:
    y, x = np.mgrid[0:FIELD, 0:FIELD] * (100 / FIELD)
    match pattern:
        case "striped":
            on = (y % 9) < 3.2
        case "dotted":
            row = np.floor(y / 8)
            on = ((x + 4 * (row % 2)) % 8 - 4) ** 2 + (y % 8 - 4) ** 2 < 3.2
        case "checked":
            return _checked(x, y)
        case "zigzag":
            on = ((y + np.abs(x % 12 - 6)) % 10) < 3
        case _:
            on = np.zeros_like(x, dtype=bool)
    return Image.fromarray((on * 255).astype(np.uint8))


def _checked(x: np.ndarray, y: np.ndarray) -> Image.Image:
    """Bands in both directions, stronger where they cross."""
    across, down = ((band % 14) < 5 for band in (y, x))
    return Image.fromarray((np.clip(across * 110.0 + down * 110.0, 0, 255)).astype(np.uint8))
