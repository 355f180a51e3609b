"""The real model, fetched once for the tests of this folder."""

from pathlib import Path

import pytest

from core.language import weights
from core.language.embedded import EmbeddedModel
from core.language.model import Unanswered
from core.work.report import silent
from core.work.settings import settings


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded model's file, whole."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TOUCHSTONE_HOME", str(tmp_path_factory.mktemp("language")))
        settings.cache_clear()
        try:
            found = weights.fetch(silent)
        except Unanswered as error:
            pytest.skip(f"no language model here: {error}")
        finally:
            patched.undo()
            settings.cache_clear()
    return found


@pytest.fixture(scope="session")
def embedded(model_file: Path) -> EmbeddedModel:
    """The embedded model, loaded."""
    patched = pytest.MonkeyPatch()
    patched.setattr(weights, "checked", lambda: model_file)
    try:
        model = EmbeddedModel()
        model.ready()
    finally:
        patched.undo()
    return model
