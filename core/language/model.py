"""What a language model is here: one small interface, whoever answers."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from core.work.artifacts import artifact
from core.work.errors import BadInput


class Unanswered(Exception):
    """A model did not answer: no file, no address, an error, too late. The text says why."""


def why(reason: object) -> str:
    """A reason inside a sentence: in quotation marks, so that the sentence can be translated around it."""
    return "'" + str(reason).replace("'", "’") + "'"


@artifact
@dataclass(frozen=True)
class Question:
    """What is asked: a system's part and a person's, and what the answer may look like."""

    system: str
    text: str
    schema: Mapping[str, Any] = field(default_factory=dict)  # JSON schema of the answer; {} = any text
    grammar: str = ""  # GBNF, for models that take one; beside it `schema` serves the others
    most: int = 64  # tokens of the answer
    likeliest: int = 0  # how many likely first tokens are wanted with their log-probabilities


@artifact
@dataclass(frozen=True)
class Answer:
    """What a model said, and what it took."""

    text: str
    asked_tokens: int
    said_tokens: int
    seconds: float
    likeliest: tuple[tuple[str, float], ...] = ()  # first token and its natural log-probability, likely first

    @property
    def entries(self) -> dict[str, Any]:
        """What the text holds where it is a JSON object; nothing where it is not."""
        try:
            found = json.loads(self.text)
        except (ValueError, RecursionError):  # a text that nests too deeply is none of ours
            return {}
        return found if isinstance(found, dict) else {}


@artifact
@dataclass(frozen=True)
class Identity:
    """Which model answers: part of the key of everything that it says."""

    backend: str  # "embedded" or "address"
    model: str
    version: str  # SHA-256 of the file, or the address

    def __str__(self) -> str:
        return f"{self.model} ({'embedded' if self.backend == 'embedded' else self.version})"


class LanguageModel(ABC):
    """Answers questions. May be asked from several threads."""

    identity: Identity
    context: int  # tokens that a question and its answer may have together; 0 = not known
    fluent: bool = False  # whether its own words may be tried where it writes; they are checked all the same

    @property
    def there(self) -> bool:
        """Whether what it needs on this machine is there, as far as that can be seen at once."""
        return True

    @property
    def key(self) -> str:
        """Part of the key of what it is asked: another model, or one that came since, is asked anew."""
        return f"{self.identity}{'' if self.there else ', absent'}"

    def need(self, identity: Identity) -> None:
        """Raises BadInput where it is not the model that something was made ready for."""
        if self.identity != identity:
            raise BadInput(
                f"This was made ready for {identity}, and {self.identity} answers now.",
                "the same model throughout.",
                "start again.",
            )

    @abstractmethod
    def ready(self) -> None:
        """Raises Unanswered where it is plain that nothing would be answered; asks nothing."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Nobody else asks meanwhile, where that could change the last digits of an answer."""
        yield

    @abstractmethod
    def ask(self, question: Question) -> Answer:
        """The answer; raises Unanswered."""

    def price(self, answer: Answer) -> float:
        """What an answer cost, in the currency that the installation's prices are in."""
        return 0.0
