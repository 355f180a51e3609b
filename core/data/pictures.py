"""Pictures of items: small files inside the data set's own folder, looked at before they are decoded."""

import base64
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.work.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 200_000  # of a picture that is shown
MOST_PIXELS = 16_000_000  # of any picture: 64 MB decoded, whatever the file has


def picture(folder: str, image: str) -> str:
    """The picture as a data address, "" where there is none that may be shown.

    An image column may hold anything: an address on the internet, a path to somewhere else, a link
    that leads out of the folder. Only a small picture inside the folder is read, and never a request made.
    What has few bytes and too many pixels is not shown either: it would fill the memory of a browser.
    """
    return _read(folder, image) if folder and image else ""


@contextmanager
def opened(path: Path) -> Iterator["Image"]:
    """A picture whose header was read and whose pixels were not.

    Raises BadInput, which names the file and the limit, where it has too many pixels to decode, and where
    it is no picture of a form that we read.
    """
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        # Far too many pixels are an error to Pillow, twice as many as it likes a warning: for us, an error.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            found = Image.open(path, formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_many(path, "") from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            why = "" if isinstance(error, UnidentifiedImageError) else f" ({str(error)[:80]})"
            raise BadInput(
                f"{path.name} is no picture{why}.", "a whole PNG, JPEG or WebP.", "save it again."
            ) from error
    with found:
        width, height = found.size
        if width * height > MOST_PIXELS:
            raise _too_many(path, f" ({width:,} × {height:,})")
        yield found


def _too_many(path: Path, size: str) -> BadInput:
    return BadInput(
        f"{path.name} has too many pixels to decode{size}.",
        f"a picture of at most {MOST_PIXELS:,} pixels.",
        "make it smaller.",
    )


@lru_cache(maxsize=2_000)
def _read(folder: str, image: str) -> str:
    kind = TYPES.get(Path(image).suffix.lower(), "")
    try:
        inside = Path(folder).resolve()
        path = (inside / image).resolve()
        if not kind or not path.is_relative_to(inside) or not 0 < path.stat().st_size <= MOST_BYTES:
            return ""
        with opened(path):
            return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError, BadInput):
        return ""
