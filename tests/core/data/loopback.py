"""A real server on loopback that serves one archive, well or badly."""

import io
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def archive(files: Mapping[str, bytes | str], packed: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return made.getvalue()


@dataclass
class Served:
    """What the server has, how it misbehaves, and what it was asked."""

    content: bytes
    etag: str = '"one"'
    cuts: list[int] = field(default_factory=list)  # after how many bytes the next answers end
    status: int = 200
    ranges: bool = True
    keeps_promise: bool = True  # whether If-Range is looked at
    location: str = ""  # where to redirect to
    stops: bool = False  # sends a part, then nothing
    asked: list[str] = field(default_factory=list)  # Range of each request, "" without
    release: threading.Event = field(default_factory=threading.Event)
    address: str = ""


@contextmanager
def serving(content: bytes, **settings: Any) -> Iterator[Served]:
    """A server in threads of its own; gone afterwards."""
    served = Served(content, **settings)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append(self.headers.get("Range", ""))
            if served.location and self.path != "/moved":
                return self._head(302, {"Location": served.location, "Content-Length": "0"})
            if served.status != 200:
                return self._head(served.status, {"Content-Length": "0"})
            start = self._start()
            if start > len(served.content):
                return self._head(416, {"Content-Length": "0"})
            body = served.content[start:]
            headers = {"Content-Length": str(len(body)), "ETag": served.etag}
            if start:
                last = len(served.content) - 1
                headers["Content-Range"] = f"bytes {start}-{last}/{len(served.content)}"
            self._head(206 if start else 200, headers)
            if served.cuts:
                body = body[: served.cuts.pop(0)]
                self.close_connection = True
            self.wfile.write(body[: 0 if start else len(body) // 2] if served.stops else body)
            if served.stops:
                self.wfile.flush()
                served.release.wait(20)
                self.close_connection = True
            return None

        def _start(self) -> int:
            asked = self.headers.get("Range", "")
            same = self.headers.get("If-Range") == served.etag or not served.keeps_promise
            return int(asked.removeprefix("bytes=").rstrip("-")) if asked and served.ranges and same else 0

        def _head(self, status: int, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever asked has gone away."""

    server = Server(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}/set.zip"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        served.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
