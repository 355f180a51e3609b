"""Pictures: small, one a item, and the look says what it is."""

from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from tests.sample_data.sampled import Sampled


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_every_item_has_a_small_picture(sample: Sampled) -> None:
    assert {path.name for path in (sample.folder / "images").iterdir()} == {
        f"{item}.png" for item in sample.items["item"]
    }
    for name in sample.items["image"]:
        assert (sample.folder / name).stat().st_size < 5_000
        with Image.open(sample.folder / name) as image:
            assert (image.size, image.mode, image.format) == ((128, 128), "P", "PNG")


def test_the_colour_of_a_item_is_the_colour_of_its_picture(sample: Sampled) -> None:
    colours = {name[0]: code for name, code in sample.world.colours.items()}
    looks = pd.read_parquet(sample.folder / "truth" / "items.parquet").set_index("item")
    for name, item in zip(sample.items["image"], sample.items["item"], strict=True):
        code = colours[looks.loc[item, "colour"]]
        colour = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)])
        near = abs(_pixels(sample.folder / name) - colour).max(axis=2) <= 12
        assert near.mean() > 0.015, (item, near.mean())


def test_items_that_look_alike_are_alike(sample: Sampled) -> None:
    """The same picture means the same department, kind, colour and pattern, and the reverse."""
    looks = pd.read_parquet(sample.folder / "truth" / "items.parquet")
    look = looks["kind"] + looks["colour"] + looks["pattern"]
    picture = pd.Series([hash((sample.folder / name).read_bytes()) for name in sample.items["image"]])
    assert look.nunique() == picture.nunique() == (look + picture.astype(str)).nunique()
