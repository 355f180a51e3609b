"""Names for groups of words, as topics and clusters are: a model chooses one or two of the words, or writes a
name of its own that holds nothing else. Without a model, and where its name does not hold, there is none."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.data.dataset import Dataset
from core.language.asked import Asked, Asking, Spent
from core.language.checked import GLUE, beyond, has_capitals
from core.language.chosen import chosen
from core.language.grammar import one_of
from core.language.model import Answer, Question, Unanswered, why
from core.language.words import quoted
from core.language.writing import SYSTEM, Writing, in_a_row
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.steps import step

WORDS = 8  # of a group, that a name may be made of
LONGEST = 40  # characters of a name in a model's own words
MOST = 4  # its words
_TOKENS = 512  # of an answer
_OWN_WORDS = (
    f"Answer with a short name of at most {MOST} words. Use words of the group only, in the plural where that"
    " reads better, and no other words but and, of, the, for, with, in."
)
Key = frozenset[str]


@artifact
@dataclass(frozen=True)
class Group:
    """What a group is known by, the most telling first."""

    words: tuple[str, ...]
    titles: bool = False  # they are titles, which stand as they are


@artifact
@dataclass(frozen=True)
class Name:
    """What a group is called: words of it, or a name in a model's own words. Empty: no model named it."""

    facts: tuple[str, ...]  # the group's words, as the model was shown them
    words: tuple[str, ...] = ()
    own: str = ""
    by: str = ""  # the model
    refused: str = ""  # why the name that it gave is none

    def said(self, listed: Callable[[Sequence[str]], str] = in_a_row) -> str:
        """The name; "" where there is none."""
        return self.own or listed(self.words)


@artifact
@dataclass(frozen=True)
class Names(Asked):
    """Names in the order of their groups, and what they took."""

    names: tuple[Name, ...]
    spent: Spent | None  # None: no model was asked
    why: str = ""  # why no model was asked, though there was something to choose


@step(version=1, called="Finding names")
def named(dataset: Dataset, groups: tuple[Group, ...], *, settings: Writing, report: Report) -> Names:  # noqa: ARG001
    """A name for each group. No two of them are the same, and none is the only word of another group."""
    safe = [_harmless(group) for group in groups]
    none = tuple(Name(group.words) for group in safe)
    if not any(_open(group) for group in safe):
        return Names(none, None)
    model = chosen()
    try:
        model.ready()
    except Unanswered as error:
        return Names(none, None, str(error))
    run = Asking(model, {})
    taken = {_key(group.words[0]) for group in safe if len(group.words) == 1}
    made = []
    for at, group in enumerate(safe):
        report(at / len(safe), "Asking the language model")
        found = name(run, group, taken)
        if found.by:
            taken.add(_key(found.said()))
        made.append(found)
    return Names(tuple(made), run.spent())


def name(run: Asking, group: Group, taken: set[Key]) -> Name:
    """One name, unlike those that are taken; an empty one where the model gives none that holds."""
    if not _open(group):
        return Name(group.words)
    if run.model.fluent and not group.titles and all(map(has_capitals, group.words)):
        return _in_own_words(run, group, taken)
    free = {text: words for text, words in _choices(group) if _key(text) not in taken}
    if not free:
        return Name(group.words)
    (answer,) = run.ask([choosing(group, list(free))])
    if answer is None:
        return Name(group.words)
    text = _chosen(answer)
    if text not in free:
        if text in dict(_choices(group)):
            return Name(group.words, refused=_another(text))
        run.useless("an answer was none of the names")
        return Name(group.words)
    return Name(group.words, free[text], by=str(run.model.identity))


def choosing(group: Group, names: Sequence[str]) -> Question:
    """The question whose answer is one of these names, as a grammar; as a schema, one or two words."""
    words = {"type": "array", "items": {"type": "string", "enum": [*group.words]}}
    longest = max(len(one.encode()) for one in names)
    return Question(
        SYSTEM,
        _asked(group),
        schema=_schema(words | {"minItems": 1, "maxItems": 2}),
        grammar=f"root ::= {one_of(names)}",
        most=min(_TOKENS, longest + 16),
    )


def in_own_words(group: Group, taken: set[Key]) -> Question:
    """The question to a model that may use its own words."""
    near = [text for text, _words in _choices(group) if _key(text) in taken]
    text = "\n".join([_asked(group), *([f"These names are taken: {'; '.join(near)}."] if near else [])])
    return Question(f"{SYSTEM} {_OWN_WORDS}", text, schema=_schema({"type": "string"}), most=48)


def _in_own_words(run: Asking, group: Group, taken: set[Key]) -> Name:
    (answer,) = run.ask([in_own_words(group, taken)])
    if answer is None:
        return Name(group.words)
    said = answer.entries.get("name")
    text = " ".join(said.split()) if isinstance(said, str) else ""
    if not text:
        run.useless("an answer held no name")
        return Name(group.words)
    wrong = _wrong(text, group) or (_another(text) if _key(text) in taken else "")
    if wrong:
        return Name(group.words, refused=wrong)
    return Name(group.words, own=text, by=str(run.model.identity))


def _wrong(text: str, group: Group) -> str:
    """Why a model's own words are no name of a group; "" where they are."""
    if len(text) > LONGEST:
        return f"a name of more than {LONGEST} characters"
    if len(text.split()) > MOST:
        return f"a name of more than {MOST} words"
    return beyond(text, group.words)


def _another(text: str) -> str:
    return f"{why(text)}, which is the name of another group"


def _choices(group: Group) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each two words in both orders, and each alone; a title that reads like two others comes last."""
    for two in itertools.permutations(group.words, 2):
        yield in_a_row(two), two
    for one in group.words:
        yield one, (one,)


def _chosen(answer: Answer) -> str:
    """What was chosen: the text of an answer, or the words under "name" where it is JSON."""
    said = answer.entries.get("name", answer.text)
    return in_a_row([str(one) for one in said]) if isinstance(said, list) else str(said).strip()


def _asked(group: Group) -> str:
    if group.titles:
        return f"Titles of a group: {'; '.join(group.words)}. Name the group."
    return f"Words of a group: {', '.join(group.words)}. Name the group."


def _schema(name: dict[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {"name": name},
        "required": ["name"],
        "additionalProperties": False,
    }


def _key(text: str) -> Key:
    """What two names have in common that a reader would take for the same."""
    parts = {part.strip(".,;&-“”").casefold() for part in text.split()}
    return frozenset(parts - GLUE - {""}) or frozenset({text.casefold()})


def _open(group: Group) -> bool:
    """Whether there is anything to choose."""
    return len(group.words) > 1


def _harmless(group: Group) -> Group:
    """The first words, each once, as they may stand in a prompt and on a page."""
    words: dict[str, str] = {}
    for word in filter(None, map(quoted, group.words)):
        words.setdefault(word.casefold(), word)
    return replace(group, words=tuple(words.values())[:WORDS])
