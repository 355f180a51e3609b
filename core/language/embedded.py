"""The embedded model: SmolLM2-135M-Instruct in this process, by llama.cpp."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from core.language import weights
from core.language.model import Answer, Identity, LanguageModel, Question, Unanswered
from core.work.settings import settings

if TYPE_CHECKING:
    from xllamacpp import Server

CONTEXT = 2_048
_SILENT = -1  # llama.cpp's own log


class EmbeddedModel(LanguageModel):
    """Loaded at the first question, once in a process; answers one question after the other.

    llama.cpp's engine also listens on a loopback port; a random key that nobody is told closes it.
    """

    identity = Identity("embedded", weights.NAME, weights.SHA256)
    context = CONTEXT

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._server: Server | None = None
        self._turn = self._begun = False

    @property
    def there(self) -> bool:
        return weights.path().is_file()

    def ready(self) -> None:
        with self._lock:
            self._loaded()

    def ask(self, question: Question) -> Answer:
        began = time.perf_counter()
        body: dict[str, Any] = {
            "messages": [
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.text},
            ],
            "max_tokens": question.most,
            "temperature": 0,
            "seed": 0,
            "cache_prompt": self._begun,  # alike beginnings are read once, within a turn
        }
        if question.grammar:
            body["grammar"] = question.grammar
        elif question.schema:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"schema": dict(question.schema)},
            }
        if question.likeliest:
            body |= {"logprobs": True, "top_logprobs": question.likeliest}
        with self._lock:  # one slot: a second question would only wait inside, uncounted
            made = self._loaded().handle_chat_completions(body)
        self._begun = self._turn
        return _answer(made, time.perf_counter() - began)

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._lock:
            self._turn, self._begun = True, False
            try:
                yield
            finally:
                self._turn = self._begun = False

    def _loaded(self) -> "Server":
        if self._server is None:
            file = weights.checked()
            try:
                from xllamacpp import CommonParams, Server
            except ImportError as error:
                raise Unanswered(
                    f"xllamacpp, which runs the embedded model, is not there ({error})"
                ) from None

            asked = CommonParams()
            asked.model.path = str(file)
            asked.n_ctx, asked.n_parallel = CONTEXT, 1
            asked.cpuparams.n_threads = asked.cpuparams_batch.n_threads = settings().llm_threads
            asked.verbosity = _SILENT
            asked.api_keys = [secrets.token_urlsafe(32)]
            asked.cors_origins, asked.cors_credentials = "", False
            asked.ui = asked.endpoint_slots = False
            asked.cache_ram_mib = 0
            try:
                self._server = Server(asked)
            except RuntimeError as error:
                raise Unanswered(f"the embedded model can't be loaded: {error}") from None
        return self._server


def _answer(made: Any, seconds: float) -> Answer:
    """What we read of an answer; errors come as dictionaries too."""
    if not isinstance(made, dict) or "choices" not in made:
        error = made.get("error", made) if isinstance(made, dict) else made
        said = error.get("message", error) if isinstance(error, dict) else error
        raise Unanswered(f"the embedded model refused the question: {str(said)[:200]}")
    choice = made["choices"][0]
    first = ((choice.get("logprobs") or {}).get("content") or [{}])[0]
    likeliest = tuple((one["token"], float(one["logprob"])) for one in first.get("top_logprobs", ()))
    used = made.get("usage", {})
    return Answer(
        choice["message"]["content"] or "",
        int(used.get("prompt_tokens", 0)),
        int(used.get("completion_tokens", 0)),
        seconds,
        likeliest,
    )
