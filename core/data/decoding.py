"""Text of bytes, whatever its encoding."""

import re
from collections import Counter

from core.data.dataset import Did
from core.work.errors import BadInput

_NEWLINE = re.compile(r"\r\n|\n|\r")
_LONGEST = 4  # bytes of a character


def lines_of(text: str) -> list[str]:
    r"""The lines of a text: only line feeds and carriage returns end one, no other sign of Unicode.

    >>> lines_of("a\u2028b\r\nc\rd\n")
    ['a\u2028b', 'c', 'd', '']
    """
    return _NEWLINE.split(text)


def decode(raw: bytes, name: str, whole: bool = True) -> tuple[str, tuple[Did, ...]]:
    """Text of bytes: by its mark, else UTF-8, else GB18030 where that reads as Chinese, else latin-1."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding, "strict" if whole else "ignore"), ()
            except UnicodeDecodeError as error:
                raise BadInput(
                    f"{name} is marked {encoding} but isn't ({error.reason}).",
                    "UTF-8 text.",
                    "save it as UTF-8.",
                ) from error
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if not whole and error.start >= len(raw) - _LONGEST:  # only the last character is cut
            return raw.decode("utf-8", "ignore"), ()
        row = raw.count(b"\n", 0, error.start) + 1
    cut = raw if whole else raw[: raw.rfind(b"\n") + 1] or raw
    encoding = "gb18030" if _chinese(cut) else "latin-1"
    text = raw.decode(encoding, "replace")
    line = text.split("\n")[row - 1][:60] if row <= text.count("\n") + 1 else ""
    return text, (Did("encoding", 1, f"{name} is not UTF-8 (line {row}); read as {encoding}", (line,)),)


def _chinese(raw: bytes) -> bool:
    """Whether bytes beyond ASCII read as common Chinese characters under GB18030.

    Those have two high bytes; an accented letter of latin-1 has one, and takes its neighbour with it.
    """
    try:
        beyond = Counter(re.findall(r"[^\x00-\x7f]", raw.decode("gb18030")))
    except UnicodeDecodeError:
        return False
    common = [char for char in beyond if "\u4e00" <= char <= "\u9fff" and min(char.encode("gb18030")) > 0xA0]
    return sum(beyond[char] for char in common) > 0.8 * beyond.total()
