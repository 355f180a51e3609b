"""Which model answers here: what the installation names, or the embedded one."""

import functools

from core.language.address import AddressModel
from core.language.embedded import EmbeddedModel
from core.language.model import LanguageModel
from core.work.settings import settings


def chosen() -> LanguageModel:
    """The model of this installation; nothing is loaded or asked yet."""
    found = settings()
    key = found.llm_key.get_secret_value() if found.llm_key else ""
    return _made(found.llm_url or "", key, found.llm_model)


@functools.cache
def _made(url: str, key: str, model: str) -> LanguageModel:
    return AddressModel(url, key, model) if url else EmbeddedModel()
