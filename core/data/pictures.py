"""Pictures of items: small files inside the data set's own folder, and nothing else."""

import base64
from functools import lru_cache
from pathlib import Path

TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
MOST_BYTES = 200_000


def picture(folder: str, image: str) -> str:
    """The picture as a data address, "" where there is none that may be shown.

    An image column may hold anything: an address on the internet, a path to somewhere else, a link
    that leads out of the folder. Only a small picture inside the folder is read, and never a request made.
    """
    return _read(folder, image) if folder and image else ""


@lru_cache(maxsize=2_000)
def _read(folder: str, image: str) -> str:
    kind = TYPES.get(Path(image).suffix.lower(), "")
    try:
        inside = Path(folder).resolve()
        path = (inside / image).resolve()
        if not kind or not path.is_relative_to(inside) or not 0 < path.stat().st_size <= MOST_BYTES:
            return ""
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError):
        return ""
