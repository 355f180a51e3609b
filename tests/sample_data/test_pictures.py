"""Pictures: small, one a product, and the look says what it is."""

import numpy as np
import pandas as pd
from PIL import Image

from sample_data.worlds.shop import WORLD
from tests.sample_data.shop import SHOP, Shop

COLOURS = {name[0]: code for name, code in WORLD.colours.items()}


def _pixels(name: str) -> np.ndarray:
    with Image.open(SHOP / name) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_every_product_has_a_small_picture(shop: Shop) -> None:
    assert {path.name for path in (SHOP / "images").iterdir()} == {
        f"{item}.png" for item in shop.items["item"]
    }
    for name in shop.items["image"]:
        assert (SHOP / name).stat().st_size < 5_000
        with Image.open(SHOP / name) as image:
            assert (image.size, image.mode, image.format) == ((128, 128), "P", "PNG")


def test_the_colour_of_a_product_is_the_colour_of_its_picture(shop: Shop) -> None:
    looks = pd.read_parquet(SHOP / "truth" / "items.parquet").set_index("item")
    for name, item in zip(shop.items["image"], shop.items["item"], strict=True):
        code = COLOURS[looks.loc[item, "colour"]]
        colour = np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)])
        near = abs(_pixels(name) - colour).max(axis=2) <= 12
        assert near.mean() > 0.015, (item, near.mean())


def test_products_that_look_alike_are_alike(shop: Shop) -> None:
    """The same picture means the same department, kind, colour and pattern, and the reverse."""
    looks = pd.read_parquet(SHOP / "truth" / "items.parquet")
    look = looks["kind"] + looks["colour"] + looks["pattern"]
    picture = pd.Series([hash((SHOP / name).read_bytes()) for name in shop.items["image"]])
    assert look.nunique() == picture.nunique() == (look + picture.astype(str)).nunique()
