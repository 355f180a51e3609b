"""Text and pictures that are joined to a data set by the id of the item."""

from pathlib import Path

import pytest
from PIL import Image

from core.data.load import Source, load
from core.data.pictures import picture
from core.work.errors import BadInput
from tests.core.data.test_pictures import bomb

LOG = "user,item\nann,tea\nbo,jam\n"


def drawn(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (6, 8), "red").save(path)


def test_pictures_of_a_folder_are_joined_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    drawn(tmp_path / "images" / "tea.png")
    drawn(tmp_path / "images" / "more" / "jam.jpg")
    drawn(tmp_path / "images" / "stranger.png")
    dataset = load(Source(data=str(tmp_path / "log.csv"), pictures=str(tmp_path / "images")))
    assert dataset.items["image"].to_dict() == {"jam": "more/jam.jpg", "tea": "tea.png"}
    assert picture(dataset.origin.folder, str(dataset.items.loc["tea", "image"])).startswith("data:image/png")
    assert [(did.step, did.count) for did in dataset.origin.cleaning] == [
        ("pictures", 2),
        ("pictures without an item", 1),
    ]


def test_pictures_that_are_none_or_too_large_are_left_out_and_said(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    source = Source(data=str(tmp_path / "log.csv"), pictures=str(tmp_path / "images"))
    drawn(tmp_path / "images" / "tea.png")
    (tmp_path / "images" / "jam.png").write_bytes(bomb(50_000, 50_000))
    dataset = load(source)
    assert dataset.items["image"].to_dict() == {"tea": "tea.png"}
    (said,) = [did for did in dataset.origin.cleaning if did.step == "pictures that can't be used"]
    assert (
        said.count == 1 and "16,000,000 pixels" in said.detail and "jam.png has too many" in said.examples[0]
    )
    (tmp_path / "images" / "tea.png").write_bytes(b"tea")
    with pytest.raises(BadInput, match=r"(tea\.png is no picture|jam\.png has too many pixels)"):
        load(source)


def test_a_column_of_paths_leads_to_pictures_beside_its_file(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    drawn(tmp_path / "shop" / "images" / "7.png")
    (tmp_path / "shop" / "items.csv").write_text(
        "item,title,image\ntea,Tea,images/7.png\njam,Jam,../log.csv\n"
    )
    dataset = load(Source(data=str(tmp_path / "log.csv"), items=str(tmp_path / "shop" / "items.csv")))
    folder = dataset.origin.folder
    assert picture(folder, str(dataset.items.loc["tea", "image"])).startswith("data:image/png")
    assert picture(folder, str(dataset.items.loc["jam", "image"])) == ""


def test_links_out_of_the_folder_are_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    drawn(tmp_path / "secret.png")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "tea.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(BadInput, match="No picture in images"):
        load(Source(data=str(tmp_path / "log.csv"), pictures=str(tmp_path / "images")))


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG)
    with pytest.raises(BadInput, match=r"log\.csv is no folder"):
        load(Source(data=str(tmp_path / "log.csv"), pictures=str(tmp_path / "log.csv")))
