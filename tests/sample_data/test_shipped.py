"""What is shipped is what the generator makes, small, and quick to load."""

import json
import time
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from tests.sample_data.shop import SHOP, TABLES, Shop


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_generator_makes_the_files_that_are_shipped(regenerated: Path) -> None:
    assert _files(regenerated) == _files(SHOP)


@pytest.mark.parametrize(
    "name", [*TABLES, "truth/people", "truth/items", "truth/translations", "truth/queries"]
)
def test_the_generator_makes_the_table_that_is_shipped(regenerated: Path, name: str) -> None:
    made, shipped = (pd.read_parquet(folder / f"{name}.parquet") for folder in (regenerated, SHOP))
    assert made.dtypes.equals(shipped.dtypes)
    assert made.equals(shipped)


@pytest.mark.parametrize("path", sorted((SHOP / "truth").glob("*.npy")), ids=lambda path: path.stem)
def test_the_generator_makes_the_truth_that_is_shipped(regenerated: Path, path: Path) -> None:
    np.testing.assert_array_equal(np.load(regenerated / "truth" / path.name), np.load(path))


def test_the_generator_makes_the_pictures_that_are_shipped(regenerated: Path) -> None:
    for path in (SHOP / "images").iterdir():
        with Image.open(path) as shipped, Image.open(regenerated / "images" / path.name) as made:
            assert shipped.convert("RGB").tobytes() == made.convert("RGB").tobytes(), path.name


def test_the_same_libraries_make_the_same_bytes(regenerated: Path) -> None:
    libraries = json.loads((SHOP / "dataset.json").read_text("utf-8"))["generator"]["libraries"]
    if any(metadata.version(name) != version for name, version in libraries.items()):
        pytest.skip(f"made with {libraries}")
    for name in _files(SHOP):
        assert (regenerated / name).read_bytes() == (SHOP / name).read_bytes(), name


def test_it_ships_in_15_megabytes() -> None:
    assert sum(path.stat().st_size for path in SHOP.rglob("*") if path.is_file()) <= 15e6


def test_it_loads_in_a_second() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        for name in TABLES:
            pd.read_parquet(SHOP / f"{name}.parquet")
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) <= 1.0


def test_repeated_words_are_categories(shop: Shop) -> None:
    for table in (shop.interactions, shop.impressions):
        assert isinstance(table["user"].dtype, pd.CategoricalDtype)
        assert isinstance(table["item"].dtype, pd.CategoricalDtype)


def test_the_data_set_says_how_it_is_read(shop: Shop) -> None:
    about = shop.about
    assert about["schema"] == 1
    assert about["name"] == "Sample shop"
    assert about["positive"] == "kind in (purchase)"
    assert about["split"] == "by_time(test=0.2)"
    assert about["slate_size"] == 5
    assert set(about["personal"]) == set(shop.users.columns) - {"user"}
    assert about["nouns"].keys() == about["nouns_zh"].keys()
    assert set(about["policies"]) == set(shop.impressions["policy"].unique())
    assert set(shop.items["category"]) == set(about["categories"])
