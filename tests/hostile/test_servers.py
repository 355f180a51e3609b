"""A real server and real browsers, disturbed in the middle of work: numbered as the list of cases is.

Work lasts for as long as a test wants: a plug-in waits, in its fit or in its reading, until the test
opens a gate, and says by files when it began and that it passed.
"""

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Page, WebSocketRoute

from core.work.desk import Desk
from core.work.engines import Threads
from core.work.registry import trust
from core.work.settings import settings
from core.work.store import Store
from tests.core.work.steps_for_tests import MODULE, stuck
from tests.servers import Visit, lead, ready, served, started

trust(MODULE)
in_a_browser = pytest.mark.browser
PATIENCE = 120.0  # seconds until a test gives up

GATE = """
import os
import time
import uuid
from pathlib import Path

FOLDER = Path({folder!r})


def wait(name, report):
    me = uuid.uuid4().hex[:8]
    (FOLDER / f"{{name}} began {{me}}").write_text(str(os.getpid()))
    until = time.monotonic() + 120
    while time.monotonic() < until:
        report(0.5, f"at the gate as {{me}}")
        if (FOLDER / f"{{name}} open").exists():
            (FOLDER / f"{{name}} passed {{me}}").touch()
            return
        time.sleep(0.02)
    raise TimeoutError("nobody opened the gate")


"""
SLOW = """
from core.recommenders.base import Recommender
from core.recommenders.popularity import Popularity


class Slow(Recommender):
    name = "slow"
    label = "Slow"
    gate: int = 0

    def fit(self, train, report):
        wait(f"fit {self.gate}", report)
        return Popularity().fit(train, report)
"""
READER = """
from core.data.readers.generic import Generic


class Gated(Generic):
    name = "gated"
    label = "Gated"

    def sure(self, path):
        return 1.0 if path.is_file() and path.read_bytes().startswith(b"gated,") else 0.0

    def read(self, path, report):
        wait("read", report)
        return super().read(path, report)
"""
LOG = "customer,item_id,stars,date\n" + "".join(
    f"c{person},g{(person + step) % 6},{1 + step},2024-01-{1 + step:02d}\n"
    for person in range(8)
    for step in range(5)
)
GATED = "\n".join(("gated," if at == 0 else "x,") + line for at, line in enumerate(LOG.splitlines()))


@dataclass(frozen=True)
class Gate:
    """Where work waits, and what is known of who came there."""

    folder: Path
    name: str

    def open(self) -> None:
        (self.folder / f"{self.name} open").touch()

    def who(self, how: str) -> set[str]:
        """Those who began, or passed."""
        return {file.name.rpartition(" ")[2] for file in self.folder.glob(f"{self.name} {how} *")}

    def processes(self) -> list[int]:
        """Ids of the processes in which work began."""
        return [int(file.read_text()) for file in self.folder.glob(f"{self.name} began *")]


def plugins(folder: Path) -> Path:
    """A plug-in folder in `folder` whose recommender and reader wait for gates in `folder`."""
    for kind, content in (("recommenders", SLOW), ("readers", READER)):
        (folder / "plugins" / kind).mkdir(parents=True)
        (folder / "plugins" / kind / "gated.py").write_text(GATE.format(folder=str(folder)) + content)
    return folder / "plugins"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a server with the plug-ins, and the folder of its gates."""
    folder = tmp_path_factory.mktemp("crowd")
    with served(folder / "home", TOUCHSTONE_PLUGINS=str(plugins(folder))) as address:
        yield address, folder


def asked(number: int) -> str:
    """The address of a comparison that waits at the gate of that number."""
    return f"?recommenders=popularity,slow(gate%3D{number})&metric=ndcg&k=10&language=en"


def waits(page: Page) -> str:
    """Who waits at the gate, as the page's progress says."""
    place = page.locator(".st-key-progress", has_text="at the gate as")
    place.wait_for()
    found = re.search(r"at the gate as (\w{8})", place.inner_text())
    assert found is not None
    return found[1]


def shows_the_result(page: Page) -> str:
    """The sentence of the page, once it compares what was asked for."""
    page.locator(".ts-columns", has_text="Slow").wait_for()
    ready(page)
    assert "NDCG@10" in lead(page)
    return lead(page)


def until(so: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@in_a_browser
def test_10_a_refresh_in_the_middle_goes_on_with_the_same_work(crowd: tuple[str, Path], visit: Visit) -> None:
    address, folder = crowd
    gate = Gate(folder, "fit 1")
    page = visit(asked(1), address=address, wait=False)
    who = waits(page)
    page.wait_for_load_state("networkidle")  # the browser complains of a module that a refresh cuts off
    page.reload()
    assert waits(page) == who
    gate.open()
    shows_the_result(page)
    assert gate.who("began") == gate.who("passed") == {who}


@in_a_browser
def test_10_a_second_tab_waits_for_the_same_work(crowd: tuple[str, Path], visit: Visit) -> None:
    address, folder = crowd
    gate = Gate(folder, "fit 2")
    first, second = (visit(asked(2), address=address, wait=False) for _ in range(2))
    who = waits(first)
    assert waits(second) == who
    gate.open()
    assert shows_the_result(first) == shows_the_result(second)
    assert gate.who("began") == gate.who("passed") == {who}


@in_a_browser
@pytest.mark.parametrize("ends", ["while it is cut off", "afterwards"])
def test_10_a_tab_that_was_cut_off_in_the_middle_finds_the_result(
    crowd: tuple[str, Path], visit: Visit, ends: str
) -> None:
    address, folder = crowd
    number = 3 if ends == "afterwards" else 4
    gate, sockets = Gate(folder, f"fit {number}"), []
    page = visit("methods?language=en", address=address, expected=("Cannot send rerun backMessage",))

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.route_web_socket(re.compile("/_stcore/stream"), through)
    page.goto(f"{address}/{asked(number)}")
    who = waits(page)
    page.context.set_offline(True)
    sockets[-1].close()
    page.locator("[data-test-connection-state]:not([data-test-connection-state=CONNECTED])").wait_for()
    if ends != "afterwards":
        gate.open()
        until(lambda: gate.who("passed"))
    page.context.set_offline(False)
    page.locator("[data-test-connection-state=CONNECTED]").wait_for()
    if ends == "afterwards":
        assert waits(page) == who
        gate.open()
    shows_the_result(page)
    assert len(sockets) == 2
    assert gate.who("began") == gate.who("passed") == {who}


@in_a_browser
def test_10_work_is_cancelled_from_its_page_and_all_else_goes_on(
    crowd: tuple[str, Path], visit: Visit
) -> None:
    address, folder = crowd
    gate = Gate(folder, "fit 5")
    page = visit(asked(5), address=address, wait=False)
    who = waits(page)
    page.locator(".st-key-progress").get_by_role("button", name="Cancel").click()
    page.get_by_text("Cancelled.").wait_for()
    (child,) = gate.processes()  # what somebody brought runs in one of its own
    until(lambda: not psutil.pid_exists(child))
    for other in ("methods", "data"):
        visit(f"{other}?language=en", address=address)
    page.get_by_role("button", name="Start again").click()
    again = waits(page)
    assert again != who
    gate.open()
    shows_the_result(page)
    assert gate.who("began") == {who, again} and gate.who("passed") == {again}


def upload(page: Page, file: Path) -> None:
    page.locator(".st-key-way").get_by_text("Upload", exact=True).click()
    page.locator(".st-key-files input[type=file]").set_input_files(str(file))
    page.locator(".st-key-files").get_by_text(file.name).wait_for()
    page.locator(".st-key-open_upload button").click()


def folders(above: Path) -> tuple[Path, Path]:
    """A home and a folder for temporary files that anybody may look into."""
    for name in ("home", "temporary"):
        (above / name).mkdir()
        (above / name).chmod(0o755)
    return above / "home", above / "temporary"


def open_to_others(*above: Path) -> list[str]:
    """Files and folders that somebody other than their owner may read, write or enter."""
    found = [path for folder in above for path in folder.rglob("*")]
    return [str(path) for path in found if path.lstat().st_mode & 0o077]


@in_a_browser
def test_11_what_a_comparison_writes_is_private(crowd: tuple[str, Path], visit: Visit) -> None:
    address, folder = crowd
    page = visit("?recommenders=popularity,random&language=en", address=address, wait=False)
    page.locator(".ts-columns", has_text="Random").wait_for()
    ready(page)
    assert {"runs.db", "store"} <= {path.name for path in (folder / "home").iterdir()}
    assert open_to_others(folder / "home") == []


@in_a_browser
def test_11_what_a_server_reads_is_private_and_uploads_go_with_it(visit: Visit, tmp_path: Path) -> None:
    home, temporary = folders(tmp_path)
    log, here = tmp_path / "log.csv", tmp_path / "here.csv"
    log.write_text(GATED)
    here.write_text(LOG)
    gate = Gate(tmp_path, "read")
    with served(home, TMPDIR=str(temporary), TOUCHSTONE_PLUGINS=str(plugins(tmp_path))) as address:
        page = visit("data?language=en", address=address)
        page.locator(".st-key-way").get_by_text("Path", exact=True).click()
        page.get_by_label("Path of a file or folder").fill(str(here))
        page.locator(".st-key-open_path button").click()
        page.locator(".ts-lead", has_text="here: 8 people").wait_for()
        ready(page)
        upload(page, log)
        waits(page)
        written = {path.name for path in home.glob("tmp/*/*")}
        assert {"names.json", "job.json", "inputs"} <= written  # an upload, and the child that reads it
        assert open_to_others(home, temporary) == []
        gate.open()
        page.locator(".ts-lead", has_text="log: 8 people").wait_for()
        ready(page)
        assert {"shelf.json", "store", "tmp"} <= {path.name for path in home.iterdir()}
        assert len(list(home.glob("tmp/*/files/*"))) == 1
        assert open_to_others(home, temporary) == []
    assert list(home.glob("tmp/*")) == list(home.glob("store/tmp/*")) == list(temporary.iterdir()) == []


@in_a_browser
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda one: one.name)
def test_11_a_server_that_ends_in_the_middle_of_reading_leaves_nothing(
    visit: Visit, tmp_path: Path, by: signal.Signals
) -> None:
    home, temporary = folders(tmp_path)
    log = tmp_path / "log.csv"
    log.write_text(GATED)
    gate = Gate(tmp_path, "read")
    told = {"TMPDIR": str(temporary), "TOUCHSTONE_PLUGINS": str(plugins(tmp_path))}
    with started(home, **told) as (address, process):
        page = visit("data?language=en", address=address)
        upload(page, log)
        waits(page)
        page.context.close()
        (child,) = gate.processes()
        assert psutil.Process(child).parent() == psutil.Process(process.pid)
        process.send_signal(by)
        process.wait(PATIENCE)
        until(lambda: not psutil.pid_exists(child))
    if by == signal.SIGKILL:  # nobody was there to clear away: the next one does
        assert list(home.glob("tmp/*/files/*"))
        with served(home, **told):
            until(lambda: not list(home.glob("tmp/*")))
    assert list(home.glob("tmp/*")) == list(temporary.iterdir()) == []


def test_11_fifty_children_that_are_killed_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    us = psutil.Process()
    before = us.children()

    def children() -> set[psutil.Process]:
        return {*us.children()} - {*before}

    def cycle(at: int) -> None:
        desk = Desk(Store(tmp_path / "store", 1_000_000), Threads(2))
        job = desk.start(stuck, settings=str(tmp_path / f"{at}"))
        until(children)
        job.cancel()
        desk.close()
        until(lambda: not children())

    cycle(-1)
    descriptors, threads = us.num_fds(), threading.active_count()
    for at in range(50):
        cycle(at)
    settings.cache_clear()
    assert us.num_fds() <= descriptors
    assert threading.active_count() <= threads
    assert list(tmp_path.glob("home/tmp/*")) == []
