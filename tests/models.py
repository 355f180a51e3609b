"""Language models for tests: one that answers by a hash, and a server that misbehaves in front of one."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.language.model import Answer, Identity, LanguageModel, Question
from core.work.fingerprint import fingerprint


class HashModel(LanguageModel):
    """Answers every question at once and always the same: letters have odds by a hash of the question."""

    identity = Identity("embedded", "hash", "1")
    context = 0

    def __init__(self) -> None:
        self.asked: list[Question] = []

    def ready(self) -> None:
        """It always is."""

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        words = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "Yes", "No"]
        order = sorted(words, key=lambda word: fingerprint(question.text, word))
        likeliest = tuple((word, -float(at)) for at, word in enumerate(order))
        return Answer(" ".join(one for one in order if len(one) == 1), 10, 1, 0.0, likeliest)


class Naming(HashModel):
    """Names a group by its first two words, or says always the same."""

    def __init__(self, always: str = "", fluent: bool = False, called: str = "hash") -> None:
        super().__init__()
        self.identity = Identity("embedded", called, "1")
        self.always, self.fluent = always, fluent

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return Answer(self.always or alternatives(question)[0], 10, 1, 0.0)


def alternatives(question: Question) -> list[str]:
    """What a question's grammar of one rule allows."""
    parts = question.grammar.removeprefix('root ::= "').removesuffix('"').split('" | "')
    return [one.replace('\\"', '"').replace("\\\\", "\\") for one in parts]


class Choosing(HashModel):
    """Chooses the last of what a schema allows; where it allows any text, says what it is told to."""

    def __init__(self, text: str = "", *, fluent: bool = False) -> None:
        super().__init__()
        self.text, self.fluent = text, fluent

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        wanted = question.schema.get("properties", {})
        said = {name: one["enum"][-1] if "enum" in one else self.text for name, one in wanted.items()}
        return Answer(json.dumps(said), 10, 5, 0.0)


@dataclass
class Faults:
    """What a server does with each request, in turn; what is left over repeats the last."""

    answers: list[Callable[[BaseHTTPRequestHandler], None]]
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextmanager
def faulty(*answers: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Faults]:
    """An OpenAI-compatible server on loopback that answers as it is told to."""
    found = Faults(list(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append(json.loads(body))
            found.keys.append(self.headers.get("Authorization", ""))
            answer = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.faults = found
            answer(self)

        def log_message(self, *_: object) -> None:
            """Nothing: tests are read, not logs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield found
    finally:
        found.release.set()
        server.shutdown()
        server.server_close()


def says(text: Any, code: int = 200) -> Callable[[BaseHTTPRequestHandler], None]:
    """A chat completion with that text, 7 tokens asked and 3 said."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "message": message, "logprobs": None}
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    made = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [choice],
        "usage": usage,
    }
    return sends(json.dumps(made).encode(), code)


def sends(content: bytes, code: int = 200, promised: int = 0) -> Callable[[BaseHTTPRequestHandler], None]:
    """These bytes; with more `promised` than there are, the connection is cut."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(promised or len(content)))
        handler.send_header("Connection", "close")  # else the next try may meet it while it is closed
        handler.end_headers()
        handler.wfile.write(content)
        handler.close_connection = True

    return answer


def waits(handler: BaseHTTPRequestHandler) -> None:
    """Never an answer, until the test is over."""
    handler.faults.release.wait(30)  # type: ignore[attr-defined]
    handler.close_connection = True
