"""What a run will ask of a model, before it starts: questions, tokens, cost; and its pace so far."""

from dataclasses import dataclass

import numpy as np

from core.language.asked import known
from core.language.model import Identity
from core.work.artifacts import artifact
from core.work.report import Report
from core.work.settings import settings as chosen_settings
from core.work.steps import step


@artifact
@dataclass(frozen=True)
class Bill:
    """What a run will ask, about, before it starts."""

    questions: float
    asked_tokens: float
    said_tokens: float
    cost: float  # by the installation's prices

    @property
    def beyond(self) -> str:
        """The setting whose bound it goes beyond; "" where it keeps to them."""
        limits = chosen_settings()
        if self.asked_tokens + self.said_tokens > limits.llm_tokens:
            return "TOUCHSTONE_LLM_TOKENS"
        return "TOUCHSTONE_LLM_COST" if limits.llm_cost and self.cost > limits.llm_cost else ""


def billed(questions: float, asked: float, said: float) -> Bill:
    """The bill of so many questions, tokens asked and tokens said."""
    prices = chosen_settings()
    return Bill(questions, asked, said, (asked * prices.llm_price_in + said * prices.llm_price_out) / 1e6)


@artifact
@dataclass(frozen=True)
class Pace:
    """How fast a model answered so far."""

    seconds: float  # of a question, on average
    n: int


@step(version=1, called="Looking at earlier answers", kept=False)
def pace(*, settings: Identity, report: Report) -> Pace:  # noqa: ARG001
    """The mean time of the answers that are kept of a model; n = 0 where there are none."""
    took = [answer.seconds for answer in known(settings).values()]
    return Pace(float(np.mean(took)) if took else 0.0, len(took))
