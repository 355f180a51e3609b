"""A model behind an address: real HTTP on loopback, with every fault that servers have."""

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from core.language.address import AddressModel
from core.language.model import Question, Unanswered
from core.work.settings import settings
from tests.models import faulty, says, sends, waits

KEY = "sk-very-secret"
ASKED = Question("system", "text", schema={"type": "object"}, most=9, likeliest=5)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> object:
    """Half a second of patience, and no pauses between tries."""
    monkeypatch.setenv("TOUCHSTONE_LLM_SECONDS", "0.5")
    monkeypatch.setattr("openai._base_client.BaseClient._calculate_retry_timeout", lambda *_, **__: 0.0)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def ask(*answers: Callable[[BaseHTTPRequestHandler], None]) -> tuple[str, int]:
    """The answer's text, and how often the server was asked."""
    with faulty(*answers) as server:
        found = AddressModel(server.url, KEY, "m").ask(ASKED)
        return found.text, len(server.asked)


def test_what_is_asked_and_what_is_read() -> None:
    with faulty(says("hello")) as server:
        found = AddressModel(server.url, KEY, "m").ask(ASKED)
        (body,) = server.asked
        assert server.keys == [f"Bearer {KEY}"]
    assert (found.text, found.asked_tokens, found.said_tokens) == ("hello", 7, 3)
    assert body["model"] == "m"
    assert body["max_tokens"] == 9
    assert body["temperature"] == 0
    assert [one["content"] for one in body["messages"]] == ["system", "text"]
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert body["top_logprobs"] == 5


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(sends(b"{}", 500), id="500"),
        pytest.param(sends(b"{}", 429), id="429"),
        pytest.param(sends(b'{"id": "1", "cho', promised=500), id="cut"),
    ],
)
def test_a_passing_fault_is_tried_again(fault: Callable[[BaseHTTPRequestHandler], None]) -> None:
    assert ask(fault, says("at last")) == ("at last", 2)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        pytest.param(sends(b"{}", 500), "the error 500", id="500"),
        pytest.param(sends(b"{}", 429), "asked too often", id="429"),
        pytest.param(sends(b"{}", 401), "TOUCHSTONE_LLM_KEY", id="wrong key"),
        pytest.param(sends(b"{}", 404), "has no model 'm'", id="no such model"),
        pytest.param(sends(b'{"id": "1", "cho', promised=500), "nothing answers", id="always cut"),
        pytest.param(sends(b"<html>hello"), "no answer", id="no JSON"),
        pytest.param(sends(b'{"choices": []}'), "no answer", id="no choice"),
        pytest.param(sends(b'{"choices": 3}'), "no answer", id="another form"),
        pytest.param(sends(b"[1, 2]"), "no answer", id="a list"),
        pytest.param(says(None), "no answer", id="no text"),
        pytest.param(waits, "within 0.5 seconds", id="never ends"),
    ],
)
def test_a_lasting_fault_is_named_without_the_key(
    fault: Callable[[BaseHTTPRequestHandler], None], words: str
) -> None:
    began = time.monotonic()
    with pytest.raises(Unanswered, match=words) as raised:
        ask(fault)
    assert KEY not in str(raised.value)
    assert time.monotonic() - began < 20  # it ends; how fast says nothing


def test_an_address_where_nobody_listens() -> None:
    with faulty(says("x")) as server:
        gone = server.url
    with pytest.raises(Unanswered, match="TOUCHSTONE_LLM_URL"):
        AddressModel(gone, KEY, "m").ask(ASKED)


def test_an_address_without_a_model_is_not_ready() -> None:
    with pytest.raises(Unanswered, match="TOUCHSTONE_LLM_MODEL"):
        AddressModel("http://127.0.0.1:9/v1", KEY, "").ready()


def test_what_an_answer_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """7 tokens at 2 and 3 at 10 a million."""
    monkeypatch.setenv("TOUCHSTONE_LLM_PRICE_IN", "2")
    monkeypatch.setenv("TOUCHSTONE_LLM_PRICE_OUT", "10")
    settings.cache_clear()
    with faulty(says("x")) as server:
        model = AddressModel(server.url, KEY, "m")
        assert model.price(model.ask(ASKED)) == pytest.approx(44e-6)


def test_a_password_in_an_address_is_used_and_never_shown() -> None:
    with faulty(says("hello")) as server:
        model = AddressModel(server.url.replace("http://", "http://ann:s3cret@"), KEY, "m")
        assert "s3cret" not in str(model.identity)
        assert model.ask(ASKED).text == "hello"
