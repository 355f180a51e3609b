"""What a text denies: the words behind "not", "without" and their like, up to the end of the clause."""

import re
from dataclasses import dataclass

from core.content.tokens import STOP, words

# Each as the tokenizer cuts it ("don't" is don, t); a longer one goes before those that begin it.
_DENY = (
    "no|not|nor|neither|none|never|nothing|without|except|excluding|avoid|avoiding|hate|hates|dislike"
    "|dislikes|don t|doesn t|didn t|can t|won t|isn t|aren t|dont|doesnt|cannot|anything but|everything but"
    "|other than|rather than|instead of|apart from|free of|free from"
    "|不|不要|不想|不想要|不喜欢|不爱|不用|不含|不带|不是|没有|没|无|别|非|讨厌|拒绝|避免|除了|除"
)
_AFFIRM = (
    "not only|not just|not without|nothing but|no matter|no problem|why not|don t mind|doesn t matter"
    "|don t care|can t wait|不仅|不但|不只|不错"
)
_ENDS = {"but", "although", "though", "however", "because", "但", "但是", "不过", "而是", "可是"}
# What people say around what they look for; it is said of no item.
_ASKING = (
    "look looking need needs want wanted wanting buy buying search searching prefer love loves please hello"
    " hi thanks recommend suggest show hate hates avoid avoiding dislike dislikes excluding dont doesnt"
    " 想要 需要 找 买 请 推荐 喜欢 希望 想买 有没有 讨厌 拒绝 避免 不错"
)
_FREE = "free"  # behind a word it denies that word: leather-free
_CLAUSE = re.compile(r"[.!?;:,()|](?!\d)|[。！？；：，（）|\n—–]")


def _by_first() -> dict[str, list[tuple[list[str], bool]]]:
    """Phrases, and whether they deny, by their first word; long ones first."""
    found: dict[str, list[tuple[list[str], bool]]] = {}
    for phrases, denies in ((_DENY, True), (_AFFIRM, False)):
        for phrase in phrases.split("|"):
            parts = phrase.split()
            found.setdefault(parts[0], []).append((parts, denies))
    return {first: sorted(some, key=lambda one: -len(one[0])) for first, some in found.items()}


_PHRASES = _by_first()
_SILENT = STOP | set(_ASKING.split())


@dataclass(frozen=True)
class Word:
    """A word that says something, and whether it is denied."""

    text: str
    denied: bool


def runs(text: str) -> list[list[Word]]:
    """Words that stand beside one another, without stop words, figures and punctuation between them.

    >>> runs("Warm boots, not leather or suede")
    [[Word(text='warm', denied=False), Word(text='boots', denied=False)], \
[Word(text='leather', denied=True)], [Word(text='suede', denied=True)]]
    """
    return [run for clause in _CLAUSE.split(text.replace("’", "'")) for run in _runs(words(clause))]


def _runs(clause: list[str]) -> list[list[Word]]:
    found: list[list[Word]] = [[]]
    denied, at = False, 0
    while at < len(clause):
        word = clause[at]
        phrase, denies = next(
            (one for one in _PHRASES.get(word, ()) if clause[at : at + len(one[0])] == one[0]), ([], False)
        )
        if phrase:
            denied = denied or denies
        elif word in _ENDS:
            denied = False
        if phrase or not _tells(word):
            found.append([])
        else:
            free = clause[at + 1 : at + 2] == [_FREE] and clause[at + 2 : at + 3] not in (["of"], ["from"])
            found[-1].append(Word(word, denied or free))
        at += max(len(phrase), 1)
    return [run for run in found if run]


def _tells(word: str) -> bool:
    if word in _SILENT or word.isdigit():
        return False
    return len(word) > 1 or not word.isascii()


@dataclass(frozen=True)
class Mention:
    """A word or pair of words of a text; a pair is denied as its last word is."""

    words: tuple[str, ...]
    denied: bool
    at: tuple[int, ...]  # the places of its words among those that say something

    @property
    def term(self) -> str:
        """Its words together; Chinese ones without a blank."""
        return ("" if not any(word.isascii() for word in self.words) else " ").join(self.words)


def mentions(text: str) -> list[Mention]:
    """Every word and pair of words of a text that may be a term, in its order; "free" is none alone.

    >>> [(one.term, one.denied) for one in mentions("rust-free tools")]
    [('rust', True), ('rust free', False), ('free tools', False), ('tools', False)]
    """
    found, at = [], 0
    for run in runs(text):
        for place, word in enumerate(run):
            if word.text != _FREE:
                found.append(Mention((word.text,), word.denied, (at,)))
            if place + 1 < len(run):
                after = run[place + 1]
                found.append(Mention((word.text, after.text), after.denied, (at, at + 1)))
            at += 1
    return found
