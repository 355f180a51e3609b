"""The reference names all that can be set, chosen or typed, with its default, and nothing that is gone."""

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel

from core.cli import app
from core.content.encoders.base import ENCODERS
from core.data.readers.base import READERS
from core.data.splits import SPLITS
from core.evaluation.metric import metrics
from core.recommenders.base import RECOMMENDERS
from core.work.report import silent
from core.work.settings import Settings
from pages.parts.url_state import State
from tests.making import history_of, train_of

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
ONLY_FOR_TESTS = {"TOUCHSTONE_SHARED_DATA", "TOUCHSTONE_BROWSER", "TOUCHSTONE_POSTGRES"}


def reference(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def sections(text: str) -> dict[str, str]:
    """Heading (without its marks) → the text below it, down to the next heading."""
    parts = re.split(r"^#+ (.+)$", text, flags=re.M)
    return {heading.strip("` "): body for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, heads and rules left out."""
    lines = (line for line in text.splitlines() if line.startswith("| `"))
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def first_cells(text: str) -> set[str]:
    """What stands in backticks in the first column of the tables."""
    return {name for row in rows(text) for name in re.findall(r"`([^`]+)`", row[0])}


def fields_of(model: type[BaseModel]) -> set[tuple[str, str]]:
    """Settings and defaults as the reference writes them."""

    def written(default: object) -> str:
        return "none" if default is None else f"`{default}`" if isinstance(default, str) else f"{default:g}"

    return {(f"`{name}`", written(field.default)) for name, field in model.model_fields.items()}


def documented(text: str) -> set[tuple[str, str]]:
    return {(row[0], row[1].replace(",", "")) for row in rows(text)}


def test_every_setting_of_the_installation_is_named() -> None:
    said = set(re.findall(r"TOUCHSTONE_[A-Z_]+", reference("configuration.md")))
    assert said == {f"TOUCHSTONE_{name.upper()}" for name in Settings.model_fields} | ONLY_FOR_TESTS


def test_streamlit_takes_uploads_as_large_as_we_do() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config["server"]["maxUploadSize"] == Settings.model_fields["max_upload_mb"].default


@pytest.mark.parametrize("name", RECOMMENDERS.all())
def test_every_recommender_is_named_with_its_settings_and_defaults(name: str) -> None:
    assert documented(sections(reference("recommenders.md"))[name]) == fields_of(RECOMMENDERS.get(name))


@pytest.mark.parametrize("name", ENCODERS.all())
def test_every_encoder_is_named_with_its_settings_and_defaults(name: str) -> None:
    assert documented(sections(reference("encoders.md"))[name]) == fields_of(ENCODERS.get(name))


@pytest.mark.parametrize("name", SPLITS)
def test_every_split_is_named_with_its_settings_and_defaults(name: str) -> None:
    assert documented(sections(reference("data.md"))[name]) == fields_of(SPLITS[name])


def test_the_reference_names_no_recommender_that_is_gone() -> None:
    assert set(sections(reference("recommenders.md"))) == {"Recommenders", *RECOMMENDERS.all()}


def test_the_reference_names_no_encoder_that_is_gone() -> None:
    assert set(sections(reference("encoders.md"))) == {"Encoders", *ENCODERS.all()}


def test_every_metric_is_named() -> None:
    assert {(row[0], row[1]) for row in rows(reference("metrics.md"))} == {
        (f"`{name}`", f"`{variant}`") for name, variant in metrics()
    }


def test_every_reader_is_named() -> None:
    assert first_cells(sections(reference("data.md"))["Readers"]) == set(READERS.all())


def commands() -> dict[str, set[str]]:
    """Command → its options and arguments as they are typed."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return {
        name: {typed for one in command.params for typed in _typed(one.param_type_name, one.name, one.opts)}
        for name, command in group.commands.items()
    }


def _typed(kind: str, name: str | None, options: list[str]) -> list[str]:
    return options if kind == "option" else [str(name).upper()]


@pytest.mark.parametrize("name", commands())
def test_every_option_of_the_command_line_is_named(name: str) -> None:
    assert first_cells(sections(reference("cli.md"))[name]) == commands()[name]


def test_every_parameter_of_an_address_is_named() -> None:
    assert first_cells(reference("url.md")) == {field.name for field in dataclasses.fields(State)}


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


def test_the_recommender_of_the_readme_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the README shows, put where it says, is found, checked and fitted."""
    from core.work.settings import settings

    (code,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    (tmp_path / "recommenders").mkdir()
    (tmp_path / "recommenders" / "together.py").write_text(code, "utf-8")
    monkeypatch.setenv("TOUCHSTONE_PLUGINS", str(tmp_path))
    settings.cache_clear()
    try:
        assert "together" in RECOMMENDERS.all()
        scorer = RECOMMENDERS.get("together")().fit(train_of([[1, 1], [1, 0]]), silent)
        assert scorer.score(history_of([1, 0]), None).tolist() == [[0, 1]]
    finally:
        monkeypatch.undo()
        settings.cache_clear()
