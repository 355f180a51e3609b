"""The reference names everything that can be set, chosen or typed, and nothing that is gone."""

import re
import tomllib
from pathlib import Path

from core.work.settings import Settings

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
ONLY_FOR_TESTS = {"TOUCHSTONE_SHARED_DATA", "TOUCHSTONE_BROWSER"}


def coded(text: str) -> set[str]:
    """What stands between backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def test_every_setting_is_in_the_configuration() -> None:
    said = set(re.findall(r"TOUCHSTONE_[A-Z_]+", (REFERENCE / "configuration.md").read_text("utf-8")))
    assert said == {f"TOUCHSTONE_{name.upper()}" for name in Settings.model_fields} | ONLY_FOR_TESTS


def test_streamlit_takes_uploads_as_large_as_we_do() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["maxUploadSize"] == Settings.model_fields["max_upload_mb"].default


def test_every_dependency_says_why_it_is_here() -> None:
    why = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    listed = {name for row in re.findall(r"^\| ([^|]+) \|", why, re.M) for name in row.split(", ")}
    pinned = {
        line.split("==")[0]
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if "==" in line
    }
    assert listed - {"package", "---"} == pinned


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)} → {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert not broken
