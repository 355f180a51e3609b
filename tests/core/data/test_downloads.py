"""Fetching from a real server on loopback: whole and right, or a message that says what to do."""

import hashlib
import json
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.data import downloads, transfer
from core.data.downloads import Accepted, fetch, fetch_set, fetched, folder_of
from core.data.known import KNOWN, known
from core.data.load import Source, load, source_fingerprint
from core.data.transfer import Patience
from core.work.desk import Desk
from core.work.engines import Threads
from core.work.errors import BadInput
from core.work.report import Cancelled, silent
from core.work.settings import settings
from core.work.store import Store
from tests.core.data.loopback import Served, archive, serving
from tests.making import random_log

NAME = "ml-latest-small"  # no checksum is published for it
PATIENT = Patience(silence=30, pause=0, tries=3)
SOON = 20


def movielens(seed: int = 0) -> bytes:
    """A small MovieLens of 30 made-up people."""
    log = random_log(seed=seed)
    ratings = log.rename(columns={"user": "userId", "item": "movieId", "value": "rating"})
    movies = "movieId,title,genres\n" + "".join(f"i{at:03},Film {at},Drama\n" for at in range(20))
    tags = "userId,movieId,tag,timestamp\nu001,i001,quiet,1000000\n"
    files = {"ratings.csv": ratings.to_csv(index=False), "movies.csv": movies, "tags.csv": tags}
    return archive({f"ml-latest-small/{name}": content for name, content in files.items()})


@pytest.fixture(autouse=True)
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """A home of this test's own, and a way to name addresses."""

    def addresses(**found: str) -> None:
        monkeypatch.setenv(
            "TOUCHSTONE_DOWNLOADS", json.dumps({k.replace("_", "-"): v for k, v in found.items()})
        )
        settings.cache_clear()

    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TOUCHSTONE_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield addresses
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def server(configure: Callable[..., None]) -> Iterator[Served]:
    """A server with a small MovieLens, named in the configuration."""
    with serving(movielens()) as served:
        configure(ml_latest_small=served.address)
        yield served


def get(name: str = NAME, report: Any = silent, patience: Patience = PATIENT) -> Path:
    return fetch(name, accept_licence=True, report=report, patience=patience)


def refused(**settings: Any) -> BadInput:
    with pytest.raises(BadInput) as found:
        get(**settings)
    assert all(found.value.args) and not folder_of(NAME).exists() and not fetched()
    return found.value


def left() -> set[str]:
    """Files of fetches that are under way or broke off."""
    return {path.name for path in (settings().home / "data" / ".partial").glob("*")} - {f"{NAME}.lock"}


def kept_bytes() -> int:
    return (settings().home / "data" / ".partial" / f"{NAME}.zip").stat().st_size


# What is asked for


def test_nothing_is_asked_before_the_licence_is_accepted(server: Served) -> None:
    with pytest.raises(BadInput, match=r"GroupLens usage licence.*--accept-licence"):
        fetch(NAME, accept_licence=False, report=silent)
    assert server.asked == [] and not (settings().home / "data").exists()


def test_a_fetched_set_is_found_by_its_name_with_all_its_rows(server: Served) -> None:
    folder = get()
    assert {path.name for path in folder.iterdir()} == {"ratings.csv", "movies.csv", "tags.csv"}
    found = load(Source(data=NAME))
    assert found.counts == {"users": 30, "items": 20, "interactions": 300}
    assert source_fingerprint(Source(data=NAME)) == source_fingerprint(Source(data=str(folder)))
    assert fetched() == [NAME] and left() == set()


def test_a_second_call_asks_nobody(server: Served) -> None:
    assert get() == get()
    assert len(server.asked) == 1


def test_files_are_for_the_owner_only_and_a_note_says_where_they_came_from(server: Served) -> None:
    folder = get()
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    note = json.loads(folder.with_name(f"{NAME}.json").read_text())
    assert note["address"] == server.address and note["licence"] == KNOWN[NAME].licence


def test_the_progress_says_how_much_of_how_much_came(server: Served) -> None:
    said: list[tuple[float, str]] = []
    get(report=lambda fraction, message: said.append((fraction, message)))
    assert any(" of " in message and message.endswith("MB") for _, message in said)
    assert [fraction for fraction, _ in said] == sorted(fraction for fraction, _ in said)


def test_removing_leaves_nothing(server: Served) -> None:
    get()
    downloads.remove(NAME)
    assert not [path for path in (settings().home / "data").rglob("*") if path.is_file()]


# Connections that fail


def test_a_cut_in_the_middle_goes_on_where_it_stopped(server: Served) -> None:
    server.cuts = [2_000, 1_500]
    get()
    assert server.asked == ["", "bytes=2000-", "bytes=3500-"]


def test_a_later_call_goes_on_too(server: Served) -> None:
    server.cuts = [4_000, 0, 0, 0]
    assert "goes on where it stopped" in refused().do
    assert kept_bytes() == 4_000
    get()
    assert server.asked[-1] == "bytes=4000-"


def test_a_file_that_changed_meanwhile_starts_anew(server: Served) -> None:
    server.cuts = [4_000, 0, 0, 0]
    refused()
    server.content, server.etag = movielens(seed=1), '"two"'
    assert b"Film" in get().joinpath("movies.csv").read_bytes()


def test_a_part_of_another_version_is_never_appended(server: Served) -> None:
    """A server that ignores If-Range sends the end of another file: its ETag gives it away."""
    server.cuts = [4_000, 0, 0, 0]
    refused()
    server.content, server.etag, server.keeps_promise = movielens(seed=1), '"two"', False
    get()
    assert server.asked[-2:] == ["bytes=4000-", ""]


def test_a_server_without_ranges_starts_anew(server: Served) -> None:
    server.cuts, server.ranges = [4_000, 5_000], False
    get()
    assert server.asked == ["", "bytes=4000-", "bytes=5000-"]


def test_a_file_that_became_shorter_starts_anew(server: Served) -> None:
    server.cuts = [len(server.content) - 10, 0, 0, 0]
    refused()
    server.content, server.keeps_promise = (
        archive({f"a/{name}": "x,y\n" for name in KNOWN[NAME].files}),
        False,
    )
    get()
    assert server.asked[-1] == ""


def test_a_server_that_falls_silent_is_left(server: Served) -> None:
    server.stops = True
    found = refused(patience=Patience(silence=1.5, pause=0, tries=1))
    assert "nothing came for 1.5 seconds" in found.wrong and "MB of it are kept" in found.wrong


def test_a_server_that_is_too_slow_is_left(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "_CHUNK", 1_000)
    found = refused(patience=Patience(window=0, slowest=1e12))
    assert "is too slow" in found.wrong and kept_bytes() > 0


def test_no_server_is_no_network(configure: Callable[..., None]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configure(ml_latest_small=f"http://127.0.0.1:{port}/set.zip")
    found = refused()
    assert found.wrong == "127.0.0.1 can't be reached ([Errno 111] Connection refused)."
    assert "open it by its path" in found.do


@pytest.mark.parametrize(
    ("status", "said"), [(404, "isn't there any more"), (403, "is refused by its server")]
)
def test_an_address_that_refuses(server: Served, status: int, said: str) -> None:
    server.status = status
    found = refused()
    assert said in found.wrong and str(status) in found.wrong and len(server.asked) == 1


def test_a_server_that_is_busy_is_asked_again(server: Served) -> None:
    server.status = 503
    assert "503" in refused().wrong and len(server.asked) == 3


def test_a_redirect_is_followed(server: Served) -> None:
    server.location = server.address.replace("set.zip", "moved")
    assert get().is_dir()


def test_a_redirect_out_of_the_web_is_not(server: Served) -> None:
    server.location = "file:///etc/passwd"
    assert "'file:///etc/passwd' is not allowed" in refused().wrong


def test_a_cancel_keeps_what_came_and_is_gone_on_with(server: Served) -> None:
    def cancelled(fraction: float, message: str) -> None:
        if message.endswith("MB"):
            raise Cancelled

    with pytest.raises(Cancelled):
        get(report=cancelled)
    assert kept_bytes() > 0 and not fetched()
    get()


# Content that is wrong


def test_a_wrong_checksum_is_refused_and_thrown_away(server: Served, configure: Callable[..., None]) -> None:
    configure(ml_latest_small=f"{server.address}#sha256={'0' * 64}")
    found = refused()
    assert hashlib.sha256(server.content).hexdigest() in found.wrong and "0000" in found.expected
    assert left() == set()


def test_the_published_checksum_holds_for_other_addresses(
    server: Served, configure: Callable[..., None]
) -> None:
    configure(ml_100k=server.address)
    with pytest.raises(BadInput, match="0e33842e24a9c977be4e0107933c0723, as published"):
        get("ml-100k")


def test_a_right_checksum_is_accepted(server: Served, configure: Callable[..., None]) -> None:
    digest = hashlib.md5(server.content, usedforsecurity=False).hexdigest()
    configure(ml_latest_small=f"{server.address}#md5={digest}")
    assert get().is_dir()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>Please log in</html>", "is a damaged zip archive"),
        (archive({"../evil": "x"}), "leads outside"),
        (archive({"a/ratings.csv": "x", "a/movies.csv": "x"}), "lacks tags.csv"),
        (archive({"a": b"\0" * 30_000_000}, packed=8), "unpacks to more than"),
    ],
    ids=["a login page", "traversal", "another set", "bomb"],
)
def test_an_archive_that_is_not_what_it_should_be(server: Served, content: bytes, said: str) -> None:
    server.content = content
    assert said in refused().wrong
    assert left() == set() and not list(settings().home.rglob("evil"))


def test_more_bytes_than_expected_are_not_taken(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(KNOWN[NAME]), "most", 5_000)
    assert "sends more than expected" in refused().wrong


def test_a_full_disk_says_so(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(downloads, "unpack", full)
    assert "can't be unpacked (No space left on device)" in refused().wrong
    monkeypatch.undo()
    assert len(server.asked) == 1


# Configuration and the desk


@pytest.mark.parametrize(
    "address", ["ftp://a/b.zip", "file:///etc/passwd", "http://a/b.zip#sha1=00", "http://a/b#md5="]
)
def test_a_wrong_address_of_the_configuration_is_named(configure: Callable[..., None], address: str) -> None:
    configure(ml_latest_small=address)
    with pytest.raises(BadInput, match="TOUCHSTONE_DOWNLOADS"):
        known(NAME)


def test_a_configuration_that_is_no_json_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHSTONE_DOWNLOADS", "ml-1m=http://a")
    settings.cache_clear()
    with pytest.raises(BadInput, match="TOUCHSTONE_DOWNLOADS is wrong: it is no JSON"):
        settings()


def test_an_unknown_name_says_what_there_is() -> None:
    with pytest.raises(BadInput, match="write ml-1m if that is what you meant"):
        get("ml-1n")


def test_a_set_that_was_not_fetched_says_how_to_get_it() -> None:
    with pytest.raises(BadInput, match="python -m core fetch ml-1m"):
        load(Source(data="ml-1m"))


def test_at_the_desk_it_is_one_download_with_progress_and_nothing_is_remembered(
    server: Served, tmp_path: Path
) -> None:
    desk = Desk(Store(tmp_path / "store", 10**8), Threads(2))
    try:
        jobs = [desk.start(fetch_set, NAME, settings=Accepted(licence=True)) for _ in range(2)]
        assert {job.result(SOON) for job in jobs} == {str(folder_of(NAME))}
        assert len(server.asked) == 1 and desk.store.entries() == []
        downloads.remove(NAME)
        desk.start(fetch_set, NAME, settings=Accepted(licence=True)).result(SOON)
        assert fetched() == [NAME]
    finally:
        desk.close()
