"""What tests of core share: a desk with a store, and a PostgreSQL of their own."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.work.desk import Desk
from core.work.engines import Inline
from core.work.store import Store
from tools.postgres import candidates, works


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that works here and now, with a store of its own."""
    return Desk(Store(tmp_path / "store", 10**9), Inline())


@pytest.fixture(scope="module")
def postgres(postgres_server: tuple[str, Callable[[], None]]) -> str:
    """The address of a server on loopback with a password, a log and a role that may write."""
    address, keep_up = postgres_server
    keep_up()
    return address


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[tuple[str, Callable[[], None]]]:
    """The server's address, and what starts it again where it has ended, with what its log says."""
    named = os.environ.get("TOUCHSTONE_POSTGRES", "")
    programs = named if named not in ("", "none") else next(filter(works, candidates()), "")
    if named == "none" or not programs:
        pytest.skip(
            "no PostgreSQL: tools/postgres.py installs it, TOUCHSTONE_POSTGRES=FOLDER names its programs"
        )
    # Not in pytest's folder: another run of tests closes that to all but its owner.
    folder = Path(tempfile.mkdtemp(prefix="touchstone-postgres-"))
    owner = _somebody() if os.geteuid() == 0 else getpass.getuser()
    (folder / "password").write_text("s3cret")
    if os.geteuid() == 0:
        for path in (folder, folder / "password"):
            shutil.chown(path, owner)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        before = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []
        with (folder / "said.txt").open("ab") as said:
            subprocess.run([*before, *command], check=True, stdout=said, stderr=said, cwd="/", timeout=120)

    data = str(folder / "data")
    run(
        f"{programs}/initdb",
        "-D",
        data,
        "-U",
        "ann",
        "-A",
        "scram-sha-256",
        f"--pwfile={folder}/password",
        "-N",
    )
    options = f"-h 127.0.0.1 -p {port} -k '' -c fsync=off"
    start = (f"{programs}/pg_ctl", "-D", data, "-w", "-l", str(folder / "log.txt"), "-o", options, "start")
    run(*start)

    def keep_up() -> None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)):
                print("PostgreSQL had ended:", (folder / "log.txt").read_text("utf-8")[-2_000:])
                run(*start)

    try:
        yield f"postgresql://ann:s3cret@127.0.0.1:{port}/postgres", keep_up
    finally:
        with contextlib.suppress(
            subprocess.SubprocessError
        ):  # a busy machine may take longer than pg_ctl waits
            run(f"{programs}/pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _somebody() -> str:
    """Somebody who is not root: PostgreSQL refuses to run as root."""
    import pwd

    names = [one.pw_name for one in pwd.getpwall()]
    return next((name for name in ("postgres", "nobody") if name in names), names[-1])
