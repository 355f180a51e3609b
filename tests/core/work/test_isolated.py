"""Isolated steps: real children, killed in time, with limits that say their name."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from core.work import isolated, plugins
from core.work.desk import Desk
from core.work.engines import Inline, Threads
from core.work.errors import BadInput
from core.work.report import silent
from core.work.settings import settings
from core.work.steps import ChildFailed
from core.work.store import Store
from tests.core.work.steps_for_tests import MODULE, dying, greedy, refusing, squared, stuck, where

ROOT = Path(__file__).parents[3]


def is_alive(process: int) -> bool:
    """Whether the process runs (one that only waits to be reaped does not)."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def written(file: Path) -> int:
    """The process id that a child writes once it is in the middle."""
    for _ in range(3000):
        if file.exists() and file.read_text():
            return int(file.read_text())
        time.sleep(0.01)
    raise AssertionError("the child never started")


def left(home: Path) -> list[Path]:
    """Files of children that are still there."""
    return list((home / "tmp").iterdir())


def test_it_runs_in_another_process_and_tells_its_progress(store: Store, home: Path) -> None:
    said: list[tuple[float, str]] = []
    values, process = Desk(store, Inline()).run(
        squared, np.arange(4), report=lambda fraction, message: said.append((fraction, message))
    )
    assert values.tolist() == [0, 1, 4, 9]
    assert process != os.getpid()
    assert (0.5, "squaring") in said
    assert left(home) == []


def test_its_paths_are_those_of_the_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path means the same file in a child, and so does a relative home."""
    monkeypatch.chdir(tmp_path)
    assert isolated.call(where, report=silent) == str(tmp_path)


def test_children_leave_no_descriptor() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for at in range(2):
        isolated.call(squared, np.arange(at), report=silent)
    assert len(list(Path("/dev/fd").iterdir())) <= before


def test_it_is_killed_on_cancel(store: Store, home: Path, tmp_path: Path) -> None:
    desk = Desk(store, Threads(1))
    started = desk.start(stuck, settings=str(tmp_path / "pid"))
    process = written(tmp_path / "pid")
    started.cancel()
    cancelled = time.monotonic()
    while is_alive(process):
        assert time.monotonic() - cancelled < 3  # the promise to the person who pressed the button
        time.sleep(0.01)
    desk.close()
    assert started.status().state == "cancelled"
    assert left(home) == []


def test_too_much_memory_is_named(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_MEMORY_GB", "0.5")
    settings.cache_clear()
    with pytest.raises(BadInput, match=r"Greedy ran out of memory \(limit: 0.5 GB\).*TOUCHSTONE_MEMORY_GB"):
        isolated.call(greedy, report=silent)
    assert left(home) == []


def test_too_much_time_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_CHILD_SECONDS", "1.5")
    settings.cache_clear()
    with pytest.raises(BadInput, match=r"Stuck took longer than 1.5 seconds.*TOUCHSTONE_CHILD_SECONDS"):
        isolated.call(stuck, settings=str(tmp_path / "pid"), report=silent)
    assert not (tmp_path / "pid").exists() or not is_alive(written(tmp_path / "pid"))
    assert left(home) == []


def test_a_kill_from_outside_is_named() -> None:
    with pytest.raises(BadInput, match="stopped by the system, probably for want of memory"):
        isolated.call(dying, settings={"signal": int(signal.SIGKILL)}, report=silent)


def test_a_crash_leaves_the_server_standing() -> None:
    with pytest.raises(ChildFailed, match="crashed"):
        isolated.call(dying, settings={"signal": int(signal.SIGSEGV)}, report=silent)


def test_bad_input_comes_through_with_its_three_parts() -> None:
    with pytest.raises(BadInput) as caught:
        isolated.call(refusing, report=silent)
    assert caught.value.args == ("The file is empty.", "rows.", "add some.")


def test_another_exception_comes_through_as_text(store: Store) -> None:
    job = Desk(store, Threads(1)).start(refusing, settings="ValueError")
    job.wait(30)
    assert job.status().error == "Refusing failed: ValueError: no good; details in the log."


PARENT = f"""
import sys
from core.work import isolated
from core.work.registry import trust
from core.work.report import silent
trust("{MODULE}")
from {MODULE} import stuck
isolated.call(stuck, settings=sys.argv[1], report=silent)
"""


def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path / "pid")], cwd=ROOT) as parent:
        process = written(tmp_path / "pid")
        parent.kill()
    for _ in range(300):
        if not is_alive(process):
            break
        time.sleep(0.01)
    assert not is_alive(process)
    isolated.sweep()
    assert left(settings().home) == []


def test_only_steps_of_trusted_modules_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "trusted", lambda: ("core.",))
    with pytest.raises(ChildFailed, match="UnknownClass"):
        isolated.call(refusing, report=silent)


PLUGIN = """
from dataclasses import dataclass
from core.work.registry import artifact
from core.work.steps import step

@artifact
@dataclass(frozen=True)
class Box:
    content: int

@step(isolated=True)
def emptied(box, *, settings, report):
    return Box(box.content - 1)
"""


def test_a_plug_in_runs_in_a_child_and_so_do_its_classes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "recommenders").mkdir()
    (tmp_path / "recommenders" / "boxes.py").write_text(PLUGIN)
    monkeypatch.setenv("TOUCHSTONE_PLUGINS", str(tmp_path))
    settings.cache_clear()
    plugin = plugins.load("touchstone_plugins.recommenders.boxes")
    box = isolated.call(plugin.emptied, plugin.Box(3), report=silent)
    assert box == plugin.Box(2)


def test_secrets_stay_with_the_parent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOUCHSTONE_DATABASE_URL", "postgresql://user:hunter2@host/runs")
    monkeypatch.setenv("OPENAI_API_KEY", "hunter2")
    assert "hunter2" not in str(isolated._environment(tmp_path))


def test_a_home_that_cannot_be_written_is_no_hindrance(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "file"))
    settings.cache_clear()
    assert isolated.call(squared, np.arange(2), report=silent)[0].tolist() == [0, 1]
