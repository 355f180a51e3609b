"""Catalogues: `python -m pages.parts.locale` takes up new texts and compiles what is translated.

New entries come with an empty translation, for somebody to fill in zh/LC_MESSAGES/touchstone.po; entries
that no page uses any more are removed. Running it again compiles.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pages.parts.core_words import words
from pages.parts.words import DOMAIN, LANGUAGES, LOCALE

ROOT = Path(__file__).parents[3]
HEADER = "# Texts of the pages. `python -m pages.parts.locale` keeps the entries, people fill in msgstr."
MADE = datetime(2026, 11, 1, tzinfo=UTC)  # the same text gives the same file
TAKES = {"_": 1, "N_": 1, "counted": 2}  # how many of its arguments are texts


def _empty(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        project="Touchstone",
        fuzzy=False,
        header_comment=HEADER,
        creation_date=MADE,
        revision_date=MADE,
        last_translator="Touchstone",
        language_team="Touchstone",
        msgid_bugs_address="",
        version="1",
    )


def texts() -> Catalog:
    """Every text that a page may show; without places, which would change with each line."""
    found = _empty()
    for message in sorted(set(_used()), key=str):
        found.add(message)
    return found


def _used() -> Iterator[str | tuple[str, ...]]:
    for file in [ROOT / "dashboard.py", *sorted((ROOT / "pages").rglob("*.py"))]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):  # finds calls inside f-strings too
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TAKES:
                found = [_literal(argument, file) for argument in node.args[: TAKES[node.func.id]]]
                if all(found):
                    yield tuple(found) if len(found) > 1 else found[0]
    yield from (text for text in words() if text)


def _literal(node: ast.expr, file: Path) -> str:
    """The text of a literal argument; "" for one that is looked up: it is marked where it is written."""
    if isinstance(node, ast.JoinedStr):
        raise SystemExit(
            f"{file.name}:{node.lineno}: a text with values in it can't be translated; use format()"
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def po_file(language: str) -> Path:
    """The catalogue of a language, as people edit it."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none."""
    file = po_file(language)
    if not file.exists():
        return _empty(language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    waiting = 0
    for language in LANGUAGES:
        if language == "en":
            continue
        catalogue = read(language)
        catalogue.update(texts(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as opened:
            write_po(opened, catalogue, width=110, sort_output=True, no_location=True, omit_header=False)
        file.with_suffix(".mo").write_bytes(compiled(read(language)))
        empty = [message.id for message in catalogue if message.id and not any(_strings(message.string))]
        waiting += len(empty)
        print(f"{language}: {len(catalogue)} texts, {len(empty)} without a translation")
        for text in empty:
            print("  ", text)
    return 1 if waiting else 0


def _strings(found: object) -> tuple[str, ...]:
    return found if isinstance(found, tuple) else (str(found or ""),)


if __name__ == "__main__":
    sys.exit(main())
