"""English is the source, Chinese is complete: nothing missing, nothing stale, nothing doubtful."""

import re
from typing import Any

import pytest

from core.recommenders.base import RECOMMENDERS
from core.work.errors import BadInput
from core.work.report import silent
from pages.parts.core_words import words
from pages.parts.locale import __main__ as catalogues
from pages.parts.words import LANGUAGES, pattern_of
from tests.contract.test_poor_data import WORLDS

TRANSLATED = [language for language in LANGUAGES if language != "en"]


def strings(found: Any) -> tuple[str, ...]:
    return found if isinstance(found, tuple) else (found or "",)


def entries(catalogue: Any) -> dict[Any, Any]:
    return {message.id: message for message in catalogue if message.id}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_has_an_entry_and_every_entry_a_text(language: str) -> None:
    there, wanted = set(entries(catalogues.read(language))), set(entries(catalogues.texts()))
    assert not wanted - there, "missing: run python -m pages.parts.locale, then translate"
    assert not there - wanted, "stale: run python -m pages.parts.locale"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_entry_is_translated_and_none_is_doubtful(language: str) -> None:
    found = entries(catalogues.read(language)).values()
    assert not [message.id for message in found if not all(strings(message.string))]
    assert not [message.id for message in found if message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_fill_in_the_same_values(language: str) -> None:
    wrong = [
        message.id
        for message in entries(catalogues.read(language)).values()
        for string in strings(message.string)
        if set(re.findall(r"{\w+}", string)) != set(re.findall(r"{\w+}", strings(message.id)[-1]))
    ]
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    compiled = catalogues.po_file(language).with_suffix(".mo").read_bytes()
    assert compiled == catalogues.compiled(catalogues.read(language)), (
        "outdated: run python -m pages.parts.locale"
    )


@pytest.mark.parametrize("name", list(RECOMMENDERS.all()))
def test_why_a_recommender_refuses_is_said_in_every_language(name: str) -> None:
    for world in ("nobody likes anything", "one person, one item"):
        try:
            RECOMMENDERS.get(name)().fit(WORLDS[world](), silent)
        except BadInput as error:
            assert pattern_of(str(error)) in set(words())


def test_every_text_of_the_report_is_known() -> None:
    """What core hands to the page's translation stands in the list that is translated."""
    import ast
    from pathlib import Path

    from core.evaluation.evidence import report
    from pages.parts.core_evidence_words import EVIDENCE

    tree = ast.parse(Path(report.__file__).read_text("utf-8"))
    asked = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "say"
        and isinstance(call.args[0], ast.Constant)
    }
    assert asked == set(EVIDENCE)
