"""The catalogue's own vocabulary: words and pairs of words that items say, and which a sentence names."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from core.content.negation import Mention, mentions
from core.content.texts import Content
from core.language.words import singular
from core.types import IntArray, TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint
from core.work.report import Report
from core.work.steps import step

READ = 1_000  # characters of a sentence
MOST = 20  # terms of a sentence, the first ones
_TOGETHER = 0.5  # of the items that say a pair's rarer word, the share that must say the pair
_STRETCH = 500  # items between two reports


@artifact
@dataclass(frozen=True)
class Vocabulary:
    """W terms in lower case, those that most of I items say first, and which item says which.

    Plurals are one with their singulars. An item does not say what it only denies ("without plastic").
    """

    item_ids: TextArray  # (I,)
    terms: TextArray  # (W,) as most items write them
    says: csr_array  # (I, W) float32, 1 where an item says a term

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the content."""
        return fingerprint(self.item_ids, self.terms, self.says)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {folded(term): at for at, term in enumerate(self.terms.tolist())}

    def place(self, term: str) -> int | None:
        """The column of a term, in whatever number and case; None where no item says it."""
        return self._places.get(folded(term.lower()))

    def term(self, text: str) -> str | None:
        """A term as the catalogue writes it; None where no item says it."""
        at = self.place(text)
        return None if at is None else str(self.terms[at])

    def columns(self, terms: tuple[str, ...]) -> IntArray:
        """The columns of those of the terms that there are."""
        found = [at for at in map(self.place, terms) if at is not None]
        return np.array(found, dtype=np.int32)

    def said_by(self, item: int) -> set[str]:
        """The terms that an item says."""
        return set(self.terms[self.says[[item]].indices].tolist())


@step(version=1, called="Learning which words items say")
def vocabulary(content: Content, *, settings: None, report: Report) -> Vocabulary:  # noqa: ARG001
    """The terms of a catalogue's titles, texts, tags and first categories.

    Every word is one; a pair is one where two items say it, and half of those that say its rarer word.
    """
    written: Counter[str] = Counter()
    codes: dict[str, int] = {}
    parts: dict[str, tuple[str, ...]] = {}  # of pairs, by the term
    rows: list[IntArray] = []
    for at, (text, category) in enumerate(zip(content.texts, content.categories, strict=True)):
        found = [one for one in mentions(f"{text}\n{category}") if not one.denied]
        said = {one.term for one in found}
        parts.update({folded(one.term): one.words for one in found if len(one.words) == 2})
        written.update(said)
        rows.append(np.array([codes.setdefault(one, len(codes)) for one in sorted(said)], dtype=np.int32))
        if at % _STRETCH == 0:
            report(at / len(content.texts), "Learning which words items say")
    shown: dict[str, str] = {}
    for term in sorted(written, key=lambda one: (-written[one], one)):
        shown.setdefault(folded(term), term)
    keys = {key: at for at, key in enumerate(shown)}
    column = np.array([keys[folded(term)] for term in codes], dtype=np.int32)
    rows = [np.unique(column[row]) for row in rows]
    many = np.bincount(np.concatenate([*rows, column[:0]]), minlength=len(keys)).astype(np.int32)
    names = list(shown.values())
    kept = [
        at
        for key, at in keys.items()
        if key not in parts or _belong(many, at, [keys.get(folded(one)) for one in parts[key]])
    ]
    kept.sort(key=lambda at: (-many[at], names[at]))
    place = np.full(len(keys), -1, dtype=np.int32)
    place[kept] = np.arange(len(kept))
    rows = [np.sort(place[row][place[row] >= 0]) for row in rows]
    chosen = np.array([names[at] for at in kept], dtype=object)
    return Vocabulary(content.item_ids, chosen, _matrix(rows, len(kept)))


def _matrix(rows: list[IntArray], width: int) -> csr_array:
    """1 at these columns of each row."""
    ends = np.cumsum([0, *map(len, rows)])
    flat = np.concatenate([*rows, np.empty(0, dtype=np.int32)]).astype(np.int32)
    return csr_array((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(rows), width))


def _belong(many: IntArray, pair: int, words: list[int | None]) -> bool:
    """Whether two words belong together, by how many items say each and both."""
    alone = [int(many[at]) for at in words if at is not None]
    return bool(many[pair] > 1 and many[pair] >= _TOGETHER * min(alone, default=0))


@dataclass(frozen=True)
class Named:
    """What a sentence names: terms of the vocabulary, and words that no item says; in its order."""

    terms: tuple[tuple[str, bool], ...]  # and whether the sentence denies it
    unknown: tuple[tuple[str, bool], ...]


def named(words: Vocabulary, sentence: str) -> Named:
    """The terms of the vocabulary that a sentence names, each once; a pair goes before its words.

    What is denied anywhere in the sentence counts as denied.
    """
    found = mentions(sentence[:READ])
    taken: set[int] = set()
    chosen: list[Mention] = []
    for one in sorted((one for one in found if len(one.at) == 2), key=lambda one: _rank(words, one)):
        if words.place(one.term) is not None and not taken & set(one.at):
            chosen.append(one)
            taken |= set(one.at)
    singles = [one for one in found if len(one.at) == 1 and one.at[0] not in taken]
    chosen += [one for one in singles if words.place(one.term) is not None]
    unknown = [one for one in singles if words.place(one.term) is None]
    chosen.sort(key=lambda one: one.at)
    terms = [(str(words.term(one.term)), one.denied) for one in chosen]
    return Named(_once(terms), _once([(one.term, one.denied) for one in unknown]))


def terms(words: Vocabulary, sentence: str) -> tuple[str, ...]:
    """The terms of the vocabulary that a sentence names, in its order."""
    return tuple(term for term, _denied in named(words, sentence).terms)


def _rank(words: Vocabulary, one: Mention) -> tuple[int, tuple[int, ...]]:
    """Pairs that more items say go first: the vocabulary is in that order."""
    at = words.place(one.term)
    return (len(words.terms) if at is None else at, one.at)


def _once(found: list[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    sides: dict[str, bool] = {}
    for term, denied in found:
        sides[term] = sides.get(term, False) or denied
    return tuple(sides.items())[:MOST]


def folded(term: str) -> str:
    """A term with its words in the singular, as far as English endings tell.

    >>> folded("rain jackets"), folded("berries"), folded("glass")
    ('rain jacket', 'berry', 'glass')
    """
    return " ".join(map(singular, term.split(" ")))


def rows_of(words: Vocabulary, chosen: list[tuple[str, ...]]) -> csr_array:
    """(T, W) float32: the terms of each of T lists, 1 where they name one."""
    return _matrix([np.unique(words.columns(some)) for some in chosen], len(words.terms))


def known_terms(words: Vocabulary, texts: list[str]) -> tuple[str, ...]:
    """Those of the texts that are terms, as the catalogue writes them, each once, at most MOST."""
    return tuple(dict.fromkeys(one for one in map(words.term, texts) if one is not None))[:MOST]
