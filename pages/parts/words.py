"""Words: every text on a page goes through `_` (or `counted`), in English and Chinese.

English is the source; the catalogues lie in pages/parts/locale. The language of a session is in its
state (`language` in the URL); outside a session, as in a test of a figure, it is English.
"""

import gettext
import itertools
import re
from functools import lru_cache
from pathlib import Path

from streamlit.runtime.scriptrunner import get_script_run_ctx

DOMAIN = "touchstone"
LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "zh": "中文"}
_VALUE = re.compile(r"'[^']*'|\d[\d,.]*\d|\d")


def language() -> str:
    """The language of this session: a key of LANGUAGES."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    import streamlit as st

    found = str(st.session_state.get("language", "en"))
    return found if found in LANGUAGES else "en"


def _(text: str) -> str:
    """The text in the session's language."""
    return _catalogue(language()).gettext(text) if text else ""


def N_(text: str) -> str:  # noqa: N802
    """Marks a text for translation where it is written; it is looked up where it is shown."""
    return text


def counted(one: str, many: str, n: int, **more: object) -> str:
    """The form for n, with `{n}` and what else it names filled in: `counted("{n} job", "{n} jobs", 2)`."""
    return _catalogue(language()).ngettext(one, many, n).format(n=f"{n:,}", **more)


def sentences(parts: list[str]) -> str:
    """Sentences one after the other, as the language writes them."""
    return ("" if language() == "zh" else " ").join(part for part in parts if part)


def ended(text: str) -> str:
    """A sentence with its full stop, as the language writes it."""
    return f"{text}。" if language() == "zh" else f"{text}."


def listed(names: list[str]) -> str:
    """Names in a row: `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    first = names[0]
    for name in names[1:-1]:
        first = _("{names}, {name}").format(names=first, name=name)
    return _("{names} and {name}").format(names=first, name=names[-1])


def said(text: str) -> str:
    """A sentence that core made, translated where the catalogue has it: numbers and quotations in it
    stand as {0}, {1}, … there; before a colon stands a name.

    >>> said("12 of 300 pairs")
    '12 of 300 pairs'
    """
    values = _VALUE.findall(text)
    pattern = pattern_of(text)
    found = _(pattern)
    if found != pattern:
        return found.format(*values)
    name, colon, rest = text.partition(": ")
    return name + colon + said(rest) if colon else text


def pattern_of(text: str) -> str:
    """A sentence of core as it stands in the catalogue.

    >>> pattern_of("There is no metric named 'x'.")
    'There is no metric named {0}.'
    """
    places = itertools.count()
    return _VALUE.sub(lambda _found: "{" + str(next(places)) + "}", text.replace("{", "(").replace("}", ")"))


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(name: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [name], fallback=True)
