"""Text of bytes, whatever its encoding."""

import codecs
import re
from collections import Counter

from core.data.dataset import Did
from core.work.errors import BadInput

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LONGEST = 4  # bytes of a character
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def lines_of(text: str) -> list[str]:
    r"""The lines of a text: only line feeds and carriage returns end one, no other sign of Unicode.

    >>> lines_of("a\u2028b\r\nc\rd\n")
    ['a\u2028b', 'c', 'd', '']
    """
    return _NEWLINE.split(text)


def decode(raw: bytes, name: str, whole: bool = True) -> tuple[str, tuple[Did, ...]]:
    """Text of bytes: by its mark, else UTF-8, else GB18030 where that reads as Chinese, else latin-1."""
    if encoding := marked(raw):
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
    beyond = Beyond()
    beyond.add(cut, final=True)
    encoding = beyond.encoding
    text = raw.decode(encoding, "replace")
    line = text.split("\n")[row - 1][:60] if row <= text.count("\n") + 1 else ""
    return text, (not_utf8(name, row, encoding, line),)


def marked(raw: bytes) -> str:
    """The encoding that the first bytes of a text say; "" where they say none."""
    return next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "")


def not_utf8(name: str, row: int, encoding: str, line: str) -> Did:
    """The record of a text in another encoding; the line is the first that showed it."""
    return Did("encoding", 1, f"{name} is not UTF-8 (line {row}); read as {encoding}", (line,))


class Beyond:
    """What bytes that are no UTF-8 hold beyond ASCII, piece by piece: tells GB18030 from latin-1.

    Common Chinese characters have two high bytes under GB18030; an accented letter of latin-1 has one, and
    takes its neighbour with it.
    """

    def __init__(self) -> None:
        self.impossible = False  # that it is GB18030
        self._decoder = codecs.getincrementaldecoder("gb18030")()
        self._counts: Counter[str] = Counter()

    def add(self, raw: bytes, final: bool = False) -> None:
        """The next bytes; `final` where they are the last."""
        if self.impossible:
            return
        try:
            self._counts.update(_NOT_ASCII.findall(self._decoder.decode(raw, final)))
        except UnicodeDecodeError:
            self.impossible = True

    @property
    def encoding(self) -> str:
        """gb18030 where most of it reads as common Chinese, else latin-1."""
        common = sum(many for char, many in self._counts.items() if _is_common(char))
        return "gb18030" if not self.impossible and common > 0.8 * self._counts.total() else "latin-1"


def _is_common(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and min(char.encode("gb18030")) > 0xA0
