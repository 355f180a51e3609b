"""Settings of the installation: one class, read from the environment (prefix TOUCHSTONE_)."""

import functools
import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from core.work.errors import BadInput


def _default_home() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "touchstone"


def _default_workers() -> int:
    return min(os.cpu_count() or 1, 4)


class Settings(BaseSettings):
    """What an installation may choose; what determines a number is in the Experiment instead."""

    model_config = SettingsConfigDict(env_prefix="TOUCHSTONE_", frozen=True, extra="ignore")

    home: Path = Field(
        default_factory=_default_home,
        description="Folder for the artifact store, the run book, fetched data sets and temporary files",
    )
    store_gb: float = Field(
        default=5, gt=0, le=10_000, description="Size of the artifact store, in GB; the least used go first"
    )
    database_url: str | None = Field(
        default=None, description="SQLAlchemy address of the run book; SQLite in `home` if not given"
    )
    workers: int = Field(
        default_factory=_default_workers, ge=1, le=256, description="Jobs that run at the same time"
    )
    memory_gb: float = Field(
        default=4,
        gt=0,
        le=10_000,
        description="Memory that reading a data set may take, in GB: what an isolated child may add, and what"
        " a file may need before it is read in pieces; and what a recommender may be forecast to take",
    )
    fit_seconds: float = Field(
        default=3600,
        gt=0,
        description="Time that fitting a recommender and making everyone's lists may be forecast to take, in"
        " seconds",
    )
    child_seconds: float = Field(
        default=900, gt=0, description="Time that an isolated child may take, in seconds"
    )
    max_upload_mb: float = Field(default=50, gt=0, description="Largest file that may be uploaded, in MB")
    plugins: Path | None = Field(
        default=None, description="Folder with more recommenders, metrics and readers, one file each"
    )
    downloads: dict[str, str] = Field(
        default_factory=dict,
        description='Other addresses of data sets to fetch, as JSON: {"ml-100k": "https://…"}',
    )
    pseudonym_key: SecretStr | None = Field(
        default=None,
        min_length=16,
        description="Secret key: with it, ids of people are replaced by keyed hashes wherever data is read",
    )
    llm_url: str | None = Field(
        default=None,
        description="Address of an OpenAI-compatible language model; the embedded one answers if not given",
    )
    llm_key: SecretStr | None = Field(default=None, description="Key for that address")
    llm_model: str = Field(default="", description="Name of the model at that address")
    llm_seconds: float = Field(
        default=30,
        gt=0,
        le=600,
        description="Time that one answer of the model at that address may take, in seconds",
    )
    llm_threads: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Threads of the embedded language model: two read twice as fast where nothing else works",
    )
    llm_tokens: int = Field(
        default=2_000_000,
        ge=1,
        description="Tokens that one run may take from a language model, asked and said",
    )
    llm_cost: float = Field(
        default=0, ge=0, description="What one run may cost by the two prices, 0 = no bound"
    )
    llm_price_in: float = Field(default=0, ge=0, description="Price of a million tokens that are asked")
    llm_price_out: float = Field(default=0, ge=0, description="Price of a million tokens that are said")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much goes to the log"
    )

    @property
    def store_folder(self) -> Path:
        """Where artifacts are kept."""
        return self.home / "store"

    @property
    def temporary_folder(self) -> Path:
        """Where uploads and the inputs of isolated children lie for a while."""
        return self.home / "tmp"

    @property
    def runs_url(self) -> str:
        """SQLAlchemy address of the run book."""
        return self.database_url or f"sqlite:///{self.home / 'runs.db'}"


@functools.cache
def settings() -> Settings:
    """The settings of this process, read once; `settings.cache_clear()` reads them again.

    Raises BadInput naming the environment variable that is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "TOUCHSTONE_" + str(first["loc"][0] if first["loc"] else "").upper()
        raise BadInput(
            f"The environment variable {name} is wrong.",
            f"{first['msg']}.",
            f"change {name}, or unset it to get the default.",
        ) from None
    except SettingsError:
        raise BadInput(
            "The environment variable TOUCHSTONE_DOWNLOADS is wrong: it is no JSON.",
            'names and addresses as JSON, as {"ml-100k": "https://…"}.',
            "change TOUCHSTONE_DOWNLOADS, or unset it to get the default.",
        ) from None
