"""A model behind an OpenAI-compatible address."""

import contextlib
import time
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.data.secrets import hidden, with_secret
from core.language.model import Answer, Identity, LanguageModel, Question, Unanswered
from core.work.settings import settings

if TYPE_CHECKING:
    from openai import OpenAI

_RETRIES = 3  # after 429, 5xx and broken connections, each after a longer pause


class AddressModel(LanguageModel):
    """Asks a server through the `openai` client; reads nothing but the answer's text and counts."""

    fluent = True

    def __init__(self, url: str, key: str, model: str) -> None:
        self._key = key
        self.identity = Identity("address", model, hidden(url))  # it is shown and written down
        self.context = 0

    def ready(self) -> None:
        """Nothing is asked of an address before the first question."""
        if not self.identity.model:
            raise Unanswered("TOUCHSTONE_LLM_URL is set, but TOUCHSTONE_LLM_MODEL names no model")

    def ask(self, question: Question) -> Answer:
        began = time.perf_counter()
        form: dict[str, Any] = {}
        if question.schema:
            schema = {"name": "answer", "schema": dict(question.schema), "strict": True}
            form["response_format"] = {"type": "json_schema", "json_schema": schema}
        if question.likeliest:
            form |= {"logprobs": True, "top_logprobs": min(question.likeliest, 20)}
        with _explained(self.identity):
            made = self._client.chat.completions.create(
                model=self.identity.model,
                messages=[
                    {"role": "system", "content": question.system},
                    {"role": "user", "content": question.text},
                ],
                max_tokens=question.most,
                temperature=0,
                seed=0,
                **form,
            )
            return _answer(made, time.perf_counter() - began)

    def price(self, answer: Answer) -> float:
        chosen = settings()
        return (answer.asked_tokens * chosen.llm_price_in + answer.said_tokens * chosen.llm_price_out) / 1e6

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import OpenAI

        return OpenAI(
            base_url=with_secret(self.identity.version),
            api_key=self._key or "none",
            timeout=settings().llm_seconds,
            max_retries=_RETRIES,
        )


def _answer(made: Any, seconds: float) -> Answer:
    """What we read of a response; AttributeError, TypeError or ValueError where it is none."""
    choice = made.choices[0]
    text = choice.message.content
    if not isinstance(text, str):
        raise TypeError("it holds no text")
    likeliest: tuple[tuple[str, float], ...] = ()
    if choice.logprobs and choice.logprobs.content:
        first = choice.logprobs.content[0]
        likeliest = tuple((str(one.token), float(one.logprob)) for one in first.top_logprobs)
    used = made.usage
    return Answer(
        text,
        int(used.prompt_tokens) if used else 0,
        int(used.completion_tokens) if used else 0,
        seconds,
        likeliest,
    )


@contextlib.contextmanager
def _explained(who: Identity) -> Iterator[None]:
    """Turns what a client raises into Unanswered, in words that say what to do; never the key."""
    import openai

    at = f"the model {who.model!r} at {who.version}"
    try:
        yield
    except openai.APITimeoutError:
        raise Unanswered(
            f"{at} did not answer within {settings().llm_seconds:g} seconds (TOUCHSTONE_LLM_SECONDS)"
        ) from None
    except openai.APIConnectionError:
        raise Unanswered(f"nothing answers at {who.version} (TOUCHSTONE_LLM_URL)") from None
    except (openai.AuthenticationError, openai.PermissionDeniedError):
        raise Unanswered(f"{who.version} does not accept the key (TOUCHSTONE_LLM_KEY)") from None
    except openai.NotFoundError:
        raise Unanswered(f"{who.version} has no model {who.model!r} (TOUCHSTONE_LLM_MODEL)") from None
    except openai.RateLimitError:
        raise Unanswered(f"{who.version} says that it is asked too often") from None
    except openai.APIStatusError as error:
        raise Unanswered(f"{at} answered with the error {error.status_code}") from None
    except (openai.OpenAIError, AttributeError, IndexError, TypeError, ValueError) as error:
        raise Unanswered(f"{at} answered with something that is no answer ({type(error).__name__})") from None
