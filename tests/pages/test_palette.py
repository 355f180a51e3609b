"""Colours: contrast as WCAG computes it, one look for one recommender."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from pages.parts.map_colours import HUES, NONE
from pages.parts.palette import (
    COLOURS,
    GROUNDS,
    INKS,
    MARKERS,
    MOST,
    MUTED,
    PATHS,
    SECOND_GROUNDS,
    contrast,
    styles,
)

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
ALL_GROUNDS = (*GROUNDS.values(), *SECOND_GROUNDS.values())


@pytest.mark.parametrize(("colour", "ground"), list(product(COLOURS, ALL_GROUNDS)))
def test_marks_stand_out_from_every_ground(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


@pytest.mark.parametrize(("colour", "ground"), list(product((*HUES, NONE), GROUNDS.values())))
def test_groups_of_a_map_stand_out_too(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3
    assert colour not in COLOURS


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_passes_aa_on_every_ground_of_its_mode(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    assert (theme["backgroundColor"], theme["secondaryBackgroundColor"], theme["textColor"]) == (
        GROUNDS[mode],
        SECOND_GROUNDS[mode],
        INKS[mode],
    )
    for ground in (GROUNDS[mode], SECOND_GROUNDS[mode]):
        assert contrast(INKS[mode], ground) >= 7
        assert contrast(MUTED[mode], ground) >= 4.5
        assert contrast(mixed(INKS[mode], ground, 0.72), ground) >= 4.5  # --ts-muted
        assert contrast(theme["primaryColor"], ground) >= 4.5


def mixed(ink: str, ground: str, share: float) -> str:
    """The colour of ink that lets a part of its ground through."""
    pairs = [(int(ink[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def test_colours_and_markers_are_told_apart() -> None:
    assert len(set(COLOURS)) == len(set(MARKERS)) == MOST
    assert set(MARKERS) == set(PATHS)


def test_a_recommender_keeps_its_look_whatever_else_is_selected() -> None:
    alone = styles(["ease"])["ease"]
    assert styles(["popularity", "item_knn", "ease"])["ease"] == alone


def test_no_two_of_a_selection_look_alike() -> None:
    found = styles(["ease", "ease(l2=1)", "ease(l2=2)", "item_knn", "random", "tfidf", "user_knn"])
    assert len({style.colour for style in found.values()}) == MOST
