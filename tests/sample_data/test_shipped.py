"""What is shipped is what the generator makes, small, and quick to load."""

import json
import time
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from tests.sample_data.sampled import TABLES, WORLDS, Sampled


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_generator_makes_the_files_that_are_shipped(sample: Sampled, regenerated: Path) -> None:
    assert _files(regenerated) == _files(sample.folder)


def test_the_generator_makes_the_tables_that_are_shipped(sample: Sampled, regenerated: Path) -> None:
    for path in sample.folder.rglob("*.parquet"):
        made = pd.read_parquet(regenerated / path.relative_to(sample.folder))
        shipped = pd.read_parquet(path)
        assert made.dtypes.equals(shipped.dtypes), path.stem
        assert made.equals(shipped), path.stem


def test_the_generator_makes_the_truth_that_is_shipped(sample: Sampled, regenerated: Path) -> None:
    for path in (sample.folder / "truth").glob("*.npy"):
        np.testing.assert_array_equal(np.load(regenerated / "truth" / path.name), np.load(path))


def test_the_generator_makes_the_pictures_that_are_shipped(sample: Sampled, regenerated: Path) -> None:
    for path in (sample.folder / "images").iterdir():
        with Image.open(path) as shipped, Image.open(regenerated / "images" / path.name) as made:
            assert shipped.convert("RGB").tobytes() == made.convert("RGB").tobytes(), path.name


def test_the_same_libraries_make_the_same_bytes(sample: Sampled, regenerated: Path) -> None:
    libraries = json.loads((sample.folder / "dataset.json").read_text("utf-8"))["generator"]["libraries"]
    if any(metadata.version(name) != version for name, version in libraries.items()):
        pytest.skip(f"made with {libraries}")
    for name in _files(sample.folder):
        assert (regenerated / name).read_bytes() == (sample.folder / name).read_bytes(), name


def test_it_is_small(sample: Sampled) -> None:
    most = 15e6 if sample.world.key == "shop" else 4e6
    assert sum(path.stat().st_size for path in sample.folder.rglob("*") if path.is_file()) <= most


def test_it_loads_in_a_second(sample: Sampled) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        for name in TABLES:
            pd.read_parquet(sample.folder / f"{name}.parquet")
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) <= 1.0


def test_repeated_words_are_categories(sample: Sampled) -> None:
    for table in (sample.interactions, sample.impressions):
        assert isinstance(table["user"].dtype, pd.CategoricalDtype)
        assert isinstance(table["item"].dtype, pd.CategoricalDtype)


def test_the_data_set_says_how_it_is_read(sample: Sampled) -> None:
    about = sample.about
    assert about["schema"] == 1
    assert about["name"] == f"Sample {sample.world.key}"
    assert about["positive"] == f"kind in ({sample.world.rules.kinds[2]})"
    assert about["split"] == "by_time(test=0.2)"
    assert about["slate_size"] == 5
    assert set(about["personal"]) == set(sample.users.columns) - {"user"}
    assert about["nouns"].keys() == about["nouns_zh"].keys() == WORLDS["shop"].nouns.keys()
    assert set(about["policies"]) == set(sample.impressions["policy"].unique())
    assert set(sample.items["category"]) == set(about["categories"])
