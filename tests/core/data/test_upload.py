"""Uploads: nobody's name reaches the disk, files are private, and gone when they are not wanted."""

import io
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.data import upload
from core.data.load import Source, load
from core.work.errors import BadInput
from core.work.settings import settings

LOG = b"user,item,rating\na,1,5\nb,2,4\n"
ITEMS = b"item,title\n1,One\n2,Two\n"


def given(name: str, content: bytes = LOG) -> upload.Given:
    return upload.Given(name, io.BytesIO(content), len(content))


def test_a_log_and_its_items_are_read_under_the_names_they_were_given() -> None:
    dataset = load(Source(data=upload.keep([given("spring sale.csv"), given("goods.csv", ITEMS)])))
    assert dataset.name == "spring sale"
    assert {file.name for file in dataset.origin.files} == {"spring sale.csv", "goods.csv"}
    assert dataset.items.loc["1", "title"] == "One"
    assert dataset.origin.cleaning == ()


def test_a_message_names_the_file_as_it_was_given() -> None:
    with pytest.raises(BadInput) as refused:
        load(Source(data=upload.keep([given("mine.csv", b"user,stars\na,1\n")])))
    assert refused.value.wrong == "mine.csv has no item column; it has 'user', 'stars'."


def test_files_are_readable_by_the_owner_only() -> None:
    path = upload.path_of(upload.keep([given("a.csv")]))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(stat.S_IMODE(folder.stat().st_mode) == 0o700 for folder in (path.parent, path.parent.parent))


def test_the_same_content_twice_is_two_uploads() -> None:
    first, second = upload.keep([given("a.csv")]), upload.keep([given("a.csv")])
    assert first != second
    upload.discard(first)
    with pytest.raises(BadInput):
        upload.path_of(first)
    assert upload.path_of(second).read_bytes() == LOG


@pytest.mark.parametrize(
    "address", ["upload:" + "0" * 32, "upload:*", "upload:../../etc", "upload:", "upload:" + "a" * 4000]
)
def test_an_unknown_address_says_what_to_do(address: str) -> None:
    with pytest.raises(BadInput) as refused:
        upload.path_of(address)
    assert refused.value.do == "upload the file again on the Data page."


def test_only_the_latest_uploads_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "KEPT", 2)
    first, second, third = (upload.keep([given("a.csv")]) for _ in range(3))
    with pytest.raises(BadInput):
        upload.path_of(first)
    assert upload.path_of(second).is_file() and upload.path_of(third).is_file()


def test_no_file_and_too_many_are_refused() -> None:
    with pytest.raises(BadInput, match="No file was given"):
        upload.keep([])
    with pytest.raises(BadInput, match="11 files were given at once"):
        upload.keep([given("a.csv") for _ in range(11)])


def test_a_full_disk_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = set(settings().temporary_folder.glob("*"))
    monkeypatch.setattr(upload, "_copy", full)
    with pytest.raises(BadInput, match="can't be kept \\(No space left on device\\)"):
        upload.keep([given("a.csv")])
    assert set(settings().temporary_folder.glob("*")) == before


def test_everything_is_gone_when_the_process_ends(tmp_path: Path) -> None:
    script = (
        "import io\nfrom core.data import upload\n"
        "print(upload.path_of(upload.keep([upload.Given('a.csv', io.BytesIO(b'x'), 1)])))"
    )
    environment = {"TOUCHSTONE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert str(tmp_path) in done.stdout
    assert not list((tmp_path / "tmp").rglob("*"))
