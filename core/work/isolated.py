"""Isolated steps, seen from the parent: start a child, pass on its progress, kill it in time."""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import core
from core.work import artifacts, scratch, secrets
from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.registry import trusted
from core.work.report import Report
from core.work.settings import settings as installation
from core.work.steps import ChildFailed, Step

R = TypeVar("R")

_log = logging.getLogger(__name__)
_POLL_MS = 100
_SECRET = ("TOKEN", "SECRET", "PASSWORD", "KEY", "DATABASE_URL")


def call(step: Step[R], *inputs: Any, settings: Any = None, report: Report) -> R:
    """The step's result, computed in a child process with limited memory and time.

    Raises BadInput as the step raises it and where a limit is hit, Cancelled as soon as `report`
    does, and ChildFailed for anything else. However it ends, the child and its files are gone.
    """
    chosen = installation()
    with scratch.passing_folder(chosen.temporary_folder) as folder:
        _write(folder / "inputs", (inputs, settings))
        job = {"step": step.address, "trusted": trusted(), "memory_bytes": int(chosen.memory_gb * 1e9)}
        with RealFiles().create(folder / "job.json") as file:
            file.write(json.dumps(job).encode())
        with _child(folder, step.secrets) as child:
            _tell(child, secrets.among(inputs) if step.secrets else {})
            outcome = _attend(child, report, time.monotonic() + chosen.child_seconds)
        _raise_unless_done(step.title, outcome, child.returncode, folder)
        result: R = artifacts.load(folder / "result")
        return result


def sweep() -> None:
    """Removes what dead processes left in the temporary folder."""
    scratch.sweep(installation().temporary_folder)


def _write(folder: Path, value: Any) -> None:
    folder.mkdir(mode=0o700)
    artifacts.save(value, lambda name: RealFiles().create(folder / name))


def _tell(child: "subprocess.Popen[bytes]", told: dict[str, str]) -> None:
    """The secrets that its inputs name, through the pipe that then stays open."""
    assert child.stdin is not None
    with contextlib.suppress(OSError):  # it died already, which is said elsewhere
        child.stdin.write(json.dumps(told).encode() + b"\n")
        child.stdin.flush()


@contextlib.contextmanager
def _child(folder: Path, variables: tuple[str, ...]) -> Iterator["subprocess.Popen[bytes]"]:
    with RealFiles().create(folder / "errors.txt") as errors:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "core.work.child", str(folder)],
            stdin=subprocess.PIPE,  # secrets go in; it closes when we die, and then the child goes too
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_environment(folder, variables),
            start_new_session=True,
        )
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _environment(folder: Path, variables: tuple[str, ...] = ()) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in variables or not any(word in name for word in _SECRET)
    }
    root = Path(next(iter(core.__path__))).parent
    paths = filter(None, (str(root), os.environ.get("PYTHONPATH")))
    # TMPDIR: what a library leaves behind goes with the folder. Few arenas: address space is limited.
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": str(folder), "MALLOC_ARENA_MAX": "2"}


def _attend(child: "subprocess.Popen[bytes]", report: Report, until: float) -> dict[str, Any]:
    """Passes progress on until the child says how it ended, or falls silent, or is late."""
    assert child.stdout is not None
    descriptor = child.stdout.fileno()
    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLHUP)
    progress, rest = (0.0, ""), b""
    while True:
        report(*progress)  # also where the child is silent: this is how a cancel is heard
        if time.monotonic() > until:
            return {"late": True}
        if not poll.poll(_POLL_MS):
            continue
        chunk = os.read(descriptor, 65_536)
        if not chunk:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(1)  # its own code says more than that of our signal
            return {}
        *lines, rest = (rest + chunk).split(b"\n")
        for said in filter(None, map(_said, lines)):
            if "progress" not in said:
                return said
            progress = float(said["progress"]), str(said["message"])
            report(*progress)


def _said(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _raise_unless_done(title: str, outcome: dict[str, Any], code: int, folder: Path) -> None:
    chosen = installation()
    if outcome.get("done"):
        return
    if "bad_input" in outcome:
        raise BadInput(*outcome["bad_input"])
    if "failed" in outcome:
        _log.error("%s failed in its child:\n%s", title, outcome["trace"])
        raise ChildFailed(outcome["failed"])
    if outcome.get("late"):
        raise BadInput(
            f"{title} took longer than {chosen.child_seconds:g} seconds and was stopped.",
            "something that is done within the time limit.",
            "use less data or smaller settings, or raise TOUCHSTONE_CHILD_SECONDS.",
        )
    if outcome.get("memory") or code in (-signal.SIGKILL, -signal.SIGABRT):
        sure = outcome.get("memory")
        cause = "ran out of memory" if sure else "was stopped by the system, probably for want of memory"
        raise BadInput(
            f"{title} {cause} (limit: {chosen.memory_gb:g} GB).",
            "something that fits the memory limit.",
            "use less data or smaller settings, or raise TOUCHSTONE_MEMORY_GB.",
        )
    last_words = (folder / "errors.txt").read_bytes()[-4_000:].decode(errors="replace")
    _log.error("%s: its child ended with code %s; its last words:\n%s", title, code, last_words)
    raise ChildFailed(f"its process crashed (code {code})")
