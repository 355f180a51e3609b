"""The pages, by folder scan: adding a page is adding pages/<section>/<page>.py, and nothing else.

A page says in its own file what it is called and which place it has in its section; the file is read
for these, not run:

    TITLE = N_("People")
    PLACE = 1

Pages in the plug-in folder, pages/<section>/<page>.py, count too.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from core.work.settings import settings
from pages.parts.words import N_, _

PAGES = Path(__file__).parents[1]
SECTIONS = {"explore": N_("Explore"), "compare": N_("Compare"), "manage": N_("Manage")}
DEFAULT = "overview"
LAST = 1_000  # the place of a page that names none


@dataclass(frozen=True, order=True)
class Entry:
    """A page: its section, its place there, its name in the URL, its title and its file."""

    section: str
    place: int
    name: str
    title: str
    file: Path


def pages() -> dict[str, list[st.Page]]:
    """The pages that exist, by section, with their titles in the session's language.

    The default page has the bare address; the address of its name leads there too.
    """
    found = entries()
    return {
        _(title): [
            page for entry in found if entry.section == section for page in _ways_to(entry, _(entry.title))
        ]
        for section, title in SECTIONS.items()
    }


def _ways_to(entry: Entry, title: str) -> list[st.Page]:
    if entry.name != DEFAULT:
        return [st.Page(entry.file, title=title, url_path=entry.name)]
    named = st.Page(entry.file, title=title, url_path=entry.name, visibility="hidden")
    return [st.Page(entry.file, title=title, url_path="start", default=True), named]


def entries() -> list[Entry]:
    """Every page by section and place; a plug-in can't take the name of a page that is there."""
    plugins = settings().plugins
    found: dict[str, Entry] = {}
    for folder in [PAGES, plugins / "pages"] if plugins else [PAGES]:
        for section in SECTIONS:
            for file in sorted((folder / section).glob("[a-z]*.py")):
                found.setdefault(file.stem, _entry(section, file, file.stat().st_mtime_ns))
    return sorted(found.values())


@lru_cache(maxsize=256)
def _entry(section: str, file: Path, _changed: int) -> Entry:
    try:
        said = dict(_constants(ast.parse(file.read_text("utf-8"))))
    except (SyntaxError, ValueError):  # running the page will say so
        said = {}
    title, place = said.get("TITLE", file.stem.replace("_", " ").capitalize()), said.get("PLACE", LAST)
    return Entry(section, place if isinstance(place, int) else LAST, file.stem, str(title)[:40], file)


def _constants(tree: ast.Module) -> Iterator[tuple[str, object]]:
    """Names that stand for a constant at the top of a file; N_("…") counts as its text."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Call) and value.args:
                value = value.args[0]
            if isinstance(value, ast.Constant):
                yield node.targets[0].id, value.value
