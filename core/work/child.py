"""Isolated steps, seen from the child: `python -m core.work.child FOLDER`.

FOLDER holds `job.json` and the inputs; the result goes there too. Progress and the outcome are
JSON lines on standard output. The first line of standard input tells the secrets that inputs stand for;
it ends when the parent does, and the child with it.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from core.work import artifacts, scratch, secrets
from core.work.errors import BadInput
from core.work.files import RealFiles
from core.work.registry import find, trust
from core.work.steps import Step

_PR_SET_PDEATHSIG = 1


def main(folder: Path) -> None:
    """Computes what `job.json` describes and says how it ended."""
    say = _Line(_private_output())
    told = sys.stdin.buffer.readline()
    _die_with_parent()
    scratch.stay_within(folder)
    secrets.remember(json.loads(told or b"{}"))
    job = json.loads((folder / "job.json").read_bytes())
    try:
        say(_compute(folder, job, say))
    except BadInput as error:
        say({"bad_input": [error.wrong, error.expected, error.do]})
    except MemoryError:
        say({"memory": True})
    except BaseException as error:
        trace = "".join(traceback.format_exception(error))[-20_000:]
        text = f"{type(error).__name__}: {str(error)[:300]}".removesuffix(": ")
        say({"failed": text, "trace": trace})


def _compute(folder: Path, job: dict[str, Any], say: "_Line") -> dict[str, Any]:
    for prefix in job["trusted"]:
        trust(prefix)
    step = find(job["step"])
    if not isinstance(step, Step):
        raise TypeError(f"{job['step']} is not a step")
    _limit_memory(job["memory_bytes"])
    inputs, settings = artifacts.load(folder / "inputs")
    result = step(*inputs, settings=settings, report=say.progress)
    (folder / "result").mkdir(mode=0o700)
    artifacts.save(result, lambda name: RealFiles().create(folder / "result" / name))
    return {"done": True}


class _Line:
    """Says one JSON line to the parent."""

    def __init__(self, output: BinaryIO) -> None:
        self._output = output

    def __call__(self, content: dict[str, Any]) -> None:
        self._output.write(json.dumps(content).encode() + b"\n")
        self._output.flush()

    def progress(self, fraction: float, message: str) -> None:
        """The report of the step."""
        self({"progress": float(fraction), "message": message[:500]})


def _private_output() -> BinaryIO:
    """Standard output for us alone: what libraries print goes to standard error."""
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return ours


def _die_with_parent() -> None:
    def watch() -> None:
        sys.stdin.buffer.read()
        os.killpg(0, signal.SIGKILL)

    if sys.platform == "linux":  # also when a library holds the interpreter's lock for long
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(extra: int) -> None:
    """Allows `extra` bytes on top of what the imports took. (macOS does not enforce this.)"""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + extra
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
