"""Files from the network: in pieces that can be resumed, and never taken for whole when they are not."""

import http.client
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from email.message import Message
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from core.work.errors import BadInput
from core.work.report import Report

_CHUNK = 1 << 17
_AGENT = "Touchstone (dashboard for evaluating recommenders)"
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_ELSEWHERE = "set TOUCHSTONE_DOWNLOADS to another address of the file, or open the data set by its path."


@dataclass(frozen=True)
class Patience:
    """How long a transfer waits before it gives up."""

    silence: float = 30.0  # seconds without a byte
    window: float = 60.0  # seconds over which the speed is looked at
    slowest: float = 2_000.0  # bytes a second, on average over a window
    tries: int = 4  # in a row, without a byte gained
    pause: float = 2.0  # seconds between two tries


@dataclass(frozen=True)
class _Version:
    """Which version of which file a part belongs to; a part of another is of no use."""

    address: str
    etag: str = ""
    modified: str = ""
    total: int = field(default=-1, compare=False)  # bytes of the whole file, -1 where the server didn't say

    @property
    def validator(self) -> str:
        """What If-Range takes: a strong ETag, else the time of the last change, else nothing."""
        return self.modified if self.etag.startswith("W/") or not self.etag else self.etag


class _Cut(Exception):
    """The connection ended before the file did; what came is kept."""


class _Careful(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the web (the base class allows no files), but never from https to http."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if req.type == "https" and urlsplit(newurl).scheme != "https":
            raise _bad(req.full_url, f"redirects to {newurl[:120]}", "an address that begins with https://.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def transfer(address: str, target: Path, most: int, report: Report, patience: Patience | None = None) -> None:
    """The file at an address in `target`, whole when this returns; goes on where an earlier try ended.

    `most` bounds its bytes. Raises BadInput where it can't be had (what came stays for the next try),
    and Cancelled as `report` does.
    """
    patient = patience or Patience()
    left = patient.tries
    while True:
        before = _size(target)
        try:
            _once(address, target, most, report, patient)
            return
        except _Cut as cut:
            left = patient.tries if _size(target) > before else left - 1
            if left <= 0:
                came = f"; {_size(target) / 1e6:,.1f} MB of it are kept" if _size(target) else ""
                raise BadInput(
                    f"The download from {_host(address)} ended too early ({cut}){came}.",
                    "a connection that lasts.",
                    "ask for it again: it goes on where it stopped.",
                ) from cut
        _wait(patient.pause, report)


def discard(target: Path) -> None:
    """Removes what came of a file."""
    for path in (target, _about(target)):
        path.unlink(missing_ok=True)


def _once(address: str, target: Path, most: int, report: Report, patience: Patience) -> None:
    have, known = _size(target), _known(target)
    going_on = bool(have and known and known.address == address and known.validator)
    if going_on and known and have == known.total:
        return
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity"}
    if going_on and known:
        headers |= {"Range": f"bytes={have}-", "If-Range": known.validator}
    report(0.0, f"Asking {_host(address)}")
    opener = urllib.request.build_opener(_Careful)
    try:
        answer = opener.open(urllib.request.Request(address, headers=headers), timeout=patience.silence)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416 and going_on:  # nothing lies beyond what is here, so it is of another file
            discard(target)
            raise _Cut("the file has changed") from error
        if error.code in _TRY_AGAIN:
            raise _Cut(f"{error.code} {error.reason}") from error
        raise _refused(address, error) from error
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ConnectionResetError | BrokenPipeError | http.client.HTTPException):
            raise _Cut(str(reason) or "the connection was closed") from error
        raise _unreachable(address, error) from error
    with answer:
        headers_of = answer.headers
        found = _Version(address, headers_of.get("ETag", ""), headers_of.get("Last-Modified", ""))
        if answer.status != 206:
            have = 0
        elif not going_on or known != found or _starts(headers_of) != have:
            discard(target)
            raise _Cut("the file has changed")
        length = headers_of.get("Content-Length")
        total = have + int(length) if length and length.isdigit() else None
        if (total or 0) > most:
            raise _too_large(address, total or 0, most)
        if not have:
            _begin(target, replace(found, total=-1 if total is None else total))
        _append(answer, target, have, total, most, report, patience)


def _append(
    answer: Any, target: Path, have: int, total: int | None, most: int, report: Report, patience: Patience
) -> None:
    """Writes what comes to the end of the file. Raises _Cut where it ends too early."""
    with target.open("ab") as file:
        for chunk in _chunks(answer, patience):
            try:
                file.write(chunk)
            except OSError as error:
                raise _no_room(target, error) from error
            have += len(chunk)
            if have > most:
                raise _too_large(answer.url, have, most)
            of = f" of {total / 1e6:,.1f}" if total else ""
            report(have / total if total else 0.5, f"{have / 1e6:,.1f}{of} MB")
    if total is not None and have != total:
        raise _Cut(f"{have:,} of {total:,} bytes came")


def _chunks(answer: Any, patience: Patience) -> Iterator[bytes]:
    began, came = time.monotonic(), 0
    while True:
        try:
            chunk = answer.read1(_CHUNK)
        except TimeoutError as error:
            raise _Cut(f"nothing came for {patience.silence:g} seconds") from error
        except (OSError, http.client.HTTPException) as error:
            raise _Cut(str(error) or type(error).__name__) from error
        if not chunk:
            return
        yield chunk
        came += len(chunk)
        took = time.monotonic() - began
        if took > patience.window:
            if came / took < patience.slowest:
                raise BadInput(
                    f"{_host(answer.url)} is too slow ({came / took:,.0f} bytes a second).",
                    f"at least {patience.slowest:,.0f} bytes a second.",
                    "ask for it again later: it goes on where it stopped.",
                )
            began, came = time.monotonic(), 0


def _begin(target: Path, version: _Version) -> None:
    """Empties the file, and notes which version it is going to be a part of."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        _about(target).write_text(json.dumps(asdict(version)), "utf-8")
    except OSError as error:
        raise _no_room(target, error) from error


def _known(target: Path) -> _Version | None:
    try:
        return _Version(**json.loads(_about(target).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _about(target: Path) -> Path:
    return target.with_name(target.name + ".json")


def _size(target: Path) -> int:
    return target.stat().st_size if target.is_file() else 0


def _starts(headers: Message) -> int:
    """Where the part begins that the server sends, -1 where it doesn't say."""
    first = headers.get("Content-Range", "").removeprefix("bytes ").split("-")[0]
    return int(first) if first.isdigit() else -1


def _wait(seconds: float, report: Report) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        report(0.0, "The connection was lost; trying again")
        time.sleep(0.1)


def _host(address: str) -> str:
    return urlsplit(address).hostname or address[:80]


def _bad(address: str, what: str, expected: str) -> BadInput:
    return BadInput(f"{address[:200]} {what}.", expected, _ELSEWHERE)


def _refused(address: str, error: urllib.error.HTTPError) -> BadInput:
    what = "isn't there any more" if error.code in (404, 410) else "is refused by its server"
    return _bad(address, f"{what} ({error.code} {error.reason})", "a file at this address.")


def _unreachable(address: str, error: Exception) -> BadInput:
    reason = getattr(error, "reason", error)
    said = "no answer in time" if isinstance(reason, TimeoutError) else str(reason) or type(error).__name__
    return BadInput(
        f"{_host(address)} can't be reached ({said[:160]}).",
        "a network connection to it.",
        "connect this machine and ask again; or download it elsewhere and open it by its path.",
    )


def _too_large(address: str, found: int, most: int) -> BadInput:
    return _bad(
        address, f"sends more than expected ({found / 1e6:,.1f} MB)", f"at most {most / 1e6:,.1f} MB."
    )


def _no_room(target: Path, error: OSError) -> BadInput:
    return BadInput(
        f"{target.name} can't be written ({error.strerror or error}).",
        "room and leave to write in the folder of Touchstone.",
        "free some space, or set TOUCHSTONE_HOME to a folder on a larger disk.",
    )
