"""Whether a text that a model wrote names or counts anything beside the facts that it was given."""

import re
from collections.abc import Sequence

from core.language.model import why
from core.language.words import singular

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_QUOTED = re.compile(r"[\"“„«《「]([^\"”“»》」]+)[\"”“»》」]")
_ENDS = re.compile(r"[.!?:]\s*[\"“”)]*\s*$")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|[<>{}\[\]|]")
_COUNTING = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand"
    " thousands million millions billion dozen dozens half twice thrice double triple"
)
_PLAIN = (
    "a about after all also an and as at based because before both but by each enjoy every everybody for"
    " from given have he here how if in is it its it's like liked looking many more most much my of on one"
    " only or our out people perfect recommended rather seen she shown since so some something take than that"
    " the their them then there these they this those though to try we what when where which while who with"
    " you your you're you've"
)
GLUE = frozenset(("and", "of", "the", "for", "with", "in"))  # join other words, and name nothing
_NUMBERS, _BEGIN = frozenset(_COUNTING.split()), frozenset(_PLAIN.split())


def unsupported(text: str, facts: Sequence[str]) -> str:
    """The first thing in an English text that no fact holds; "" where there is none.

    Names are words with a capital letter (but for plain words that begin a sentence), words of scripts
    without capitals, and what stands in quotation marks; numbers are digits and words for numbers. A text
    that names none of the facts says nothing, and is refused too. Names in small letters can't be told.

    >>> unsupported("Because you chose Warm Boots.", ["Warm Boots"])
    ''
    >>> unsupported("You and 3 others chose Warm Boots.", ["Warm Boots", "2"])
    'the number 3'
    >>> unsupported("A gift from Paris: Warm Boots.", ["Warm Boots"])
    'the name Paris'
    """
    found = _ADDRESS.search(text)
    if found:
        return f"the text {found.group()}"
    folded = [fact.casefold() for fact in facts if fact]
    known = {word for fact in folded for word in _words(fact)}
    if not any(fact in text.casefold() for fact in folded):
        return "none of the facts in it"
    for quotation in _QUOTED.findall(text):
        if not any(quotation.strip(" .,!?").casefold() in fact for fact in folded):
            return f"the quotation {quotation[:60]}"
    for found in _WORD.finditer(text):
        word = found.group()
        begins = found.start() == 0 or bool(_ENDS.search(text[: found.start()]))
        wrong = _wrong(word, known, folded, begins)
        if wrong:
            return wrong
    return ""


def _wrong(word: str, known: set[str], facts: Sequence[str], begins: bool) -> str:
    low = word.casefold().replace("’", "'")
    bare = low.removesuffix("'s")
    if low in known or bare in known:
        return ""
    if any(letter.isdigit() for letter in word) or low in _NUMBERS:
        return f"the number {word}"
    if any(letter.isalpha() and letter.lower() == letter.upper() for letter in word):
        return "" if any(low in fact for fact in facts) else f"the name {word}"
    if word[0].isupper() and low != "i" and not (begins and low in _BEGIN):
        parts = low.split("-")
        return "" if len(parts) > 1 and all(part in known for part in parts) else f"the name {word}"
    return ""


def _words(fact: str) -> list[str]:
    found = [one.replace("’", "'") for one in _WORD.findall(fact)]
    return [part for word in found for part in {word, word.removesuffix("'s"), *word.split("-")}]


def beyond(text: str, words: Sequence[str]) -> str:
    """What a short English name holds beside some words, their singular and plural; "" where nothing.

    >>> beyond("Boots for the trail", ["boot", "trail"])
    ''
    >>> beyond("Boots of 1970", ["boot", "trail"])
    "the number '1970', which is none of its words"
    """
    known = {word.casefold() for word in words}
    parts = known | {part for word in known for part in _words(word)}
    forms = {singular(part) for part in parts}
    said = _WORD.findall(text)
    for word in said:
        low = word.casefold().replace("’", "'")
        if low in parts or singular(low) in forms or low in GLUE:
            continue
        kind = "number" if any(letter.isdigit() for letter in word) or low in _NUMBERS else "word"
        return f"the {kind} {why(word)}, which is none of its words"
    if all(word.casefold() in GLUE for word in said):
        return "a name without any of its words"
    between = _WORD.sub("", text).strip(" ,&-'’/")
    return f"the signs {why(between)}" if between else ""


def has_capitals(word: str) -> bool:
    """Whether a word is of a script with small and capital letters, which puts spaces between words."""
    return all(letter.lower() != letter.upper() for letter in word if letter.isalpha())
