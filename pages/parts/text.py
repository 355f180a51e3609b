"""Text that came with data is shown as text: never as Markdown, HTML, LaTeX or an icon."""

import html
import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&\^=])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST = 300  # characters of a title or id on a page


def plain(text: object, longest: int = LONGEST) -> str:
    """The text without control and direction marks, cut at `longest`. For st.text and data frames."""
    found = " ".join(_CONTROL.sub("", str(text)).split())
    return found if len(found) <= longest else found[: longest - 1] + "…"


def markdown(text: object, longest: int = LONGEST) -> str:
    """For places that read Markdown (labels, captions, options): shows exactly the text.

    >>> print(markdown("*a* :material/x: $b$"))
    \\*a\\* \\:material/x\\: \\$b\\$
    """
    return _SPECIAL.sub(r"\\\1", plain(text, longest))


def escaped(text: object, longest: int = LONGEST) -> str:
    """For HTML that we write ourselves (st.html), inside tags and attributes.

    >>> escaped('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(plain(text, longest), quote=True)
