"""Grammars (GBNF) of answers that are one of some texts."""

from collections.abc import Iterable


def one_of(texts: Iterable[str]) -> str:
    r"""The right side of a rule: any of these texts, each once.

    >>> print(one_of(["oak", 'a "b"', "oak"]))
    "oak" | "a \"b\""
    """
    return " | ".join(_literal(text) for text in dict.fromkeys(texts))


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
