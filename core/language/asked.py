"""Questions asked once: answers are kept under what was asked of whom, counted, and bounded."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from core.language.model import Answer, Identity, LanguageModel, Question, Unanswered
from core.types import TextArray
from core.work.artifacts import artifact
from core.work.fingerprint import fingerprint
from core.work.here import desk_or_none
from core.work.report import Report
from core.work.settings import settings
from core.work.steps import step

_REASONS = 5  # that are named
_IN_A_ROW = 3  # failures, after which a run asks no more


@artifact
@dataclass(frozen=True)
class Spent:
    """What one run asked of a model, what that took, and why some of it has no answer."""

    model: str
    asked: int  # questions
    kept: int  # of them, answered by what was kept from before
    failed: int
    reasons: tuple[str, ...]  # of failures, each once
    asked_tokens: int  # of new answers
    said_tokens: int
    seconds: float  # that the model worked for new answers
    cost: float  # by the installation's prices
    before: float = 0.0  # seconds that the model worked for the kept answers, when they were new


class Asked:
    """What a model was asked for, in part or in whole: a result with `spent` and `why`."""

    spent: Spent | None  # None: no model was asked
    why: str  # why no model was asked, though there was something to ask

    @property
    def provisional(self) -> bool:
        """Whether something was left unanswered that may be answered yet."""
        return bool(self.why) or (self.spent is not None and self.spent.failed > 0)


def together(parts: Sequence[Spent | None]) -> Spent | None:
    """What several runs took; None where none asked anything."""
    known = [one for one in parts if one is not None]
    if not known:
        return None
    reasons = tuple(dict.fromkeys(reason for one in known for reason in one.reasons))
    return Spent(
        known[0].model,
        sum(one.asked for one in known),
        sum(one.kept for one in known),
        sum(one.failed for one in known),
        reasons,
        sum(one.asked_tokens for one in known),
        sum(one.said_tokens for one in known),
        sum(one.seconds for one in known),
        sum(one.cost for one in known),
        sum(one.before for one in known),
    )


@artifact
@dataclass(frozen=True)
class Answers:
    """Answers by what was asked, which can't be read from them."""

    model: str
    keys: TextArray  # (N,) SHA-256 of model and question
    answers: tuple[Answer, ...]


@step(version=1, called="Keeping answers")
def keep_answers(answers: Answers, *, settings: None, report: Report) -> Answers:  # noqa: ARG001
    """Answers as they are, so that the store keeps them."""
    return answers


class Asking:
    """The questions of one run to a model. May be used from several threads."""

    def __init__(self, model: LanguageModel, known: dict[str, Answer]) -> None:
        self.model = model
        self.fresh: dict[str, Answer] = {}
        self._before: dict[str, float] = {}
        self._known = known
        self._lock = threading.Lock()
        self._asked = self._kept = self._failed = self._in_a_row = 0
        self._tokens, self._cost = 0, 0.0
        self._reasons: list[str] = []

    def ask(self, questions: Sequence[Question]) -> list[Answer | None]:
        """Answers to questions that begin alike, one after the other; None where there is none."""
        keys = [fingerprint(self.model.identity, question) for question in questions]
        found: list[Answer | None] = []
        with self.model.turn():
            for key, question in zip(keys, questions, strict=True):
                found.append(self._one(key, question))
        return found

    def _one(self, key: str, question: Question) -> Answer | None:
        with self._lock:
            self._asked += 1
            known = self._known.get(key)
            self._kept += known is not None
            if known is not None and key not in self.fresh:
                self._before[key] = known.seconds
        if known is not None:
            return known
        try:
            self._afford()
            answer = self.model.ask(question)
        except Unanswered as error:
            with self._lock:
                self._in_a_row += 1
                self._fail(str(error))
            return None
        with self._lock:
            self.fresh[key] = self._known[key] = answer
            self._in_a_row = 0
            self._tokens += answer.asked_tokens + answer.said_tokens
            self._cost += self.model.price(answer)
        return answer

    def useless(self, reason: str) -> None:
        """Counts an answer that told nothing as none."""
        with self._lock:
            self._fail(reason)

    def _fail(self, reason: str) -> None:
        self._failed += 1
        if reason not in self._reasons:
            self._reasons.append(reason)

    def _afford(self) -> None:
        """Raises Unanswered where a run's bound is reached, or the model fails again and again."""
        limits = settings()
        if self._in_a_row >= _IN_A_ROW:
            raise Unanswered(f"after {_IN_A_ROW} failures in a row nothing more was asked")
        if self._tokens >= limits.llm_tokens:
            raise Unanswered(
                f"the run's bound of {limits.llm_tokens:,} tokens is reached (TOUCHSTONE_LLM_TOKENS)"
            )
        if limits.llm_cost and self._cost >= limits.llm_cost:
            raise Unanswered(
                f"the run's bound of {limits.llm_cost:g} in cost is reached (TOUCHSTONE_LLM_COST)"
            )

    def spent(self) -> Spent:
        """What was asked so far."""
        with self._lock:
            new = list(self.fresh.values())
            return Spent(
                model=str(self.model.identity),
                asked=self._asked,
                kept=self._kept,
                failed=self._failed,
                reasons=tuple(self._reasons[:_REASONS]),
                asked_tokens=sum(one.asked_tokens for one in new),
                said_tokens=sum(one.said_tokens for one in new),
                seconds=sum(one.seconds for one in new),
                cost=self._cost,
                before=sum(self._before.values()),
            )


@contextmanager
def asking(model: LanguageModel) -> Iterator[Asking]:
    """A run of questions; answers are kept at the desk of the step that asks, however the run ends."""
    run = Asking(model, known(model.identity))
    try:
        yield run
    finally:
        desk = desk_or_none()
        if desk is not None and run.fresh:
            keys = np.array(list(run.fresh), dtype=object)
            desk.run(keep_answers, Answers(str(model.identity), keys, tuple(run.fresh.values())))


def known(who: Identity) -> dict[str, Answer]:
    """The answers that are kept of a model, by what was asked; none outside a step."""
    desk = desk_or_none()
    found: dict[str, Answer] = {}
    for entry in desk.store.entries() if desk else ():
        if (entry.name, entry.version) == (keep_answers.name, keep_answers.version):
            part = desk.store.get(entry.key) if desk else None
            if isinstance(part, Answers) and part.model == str(who):
                found |= dict(zip(part.keys, part.answers, strict=True))
    return found
