"""The files of a sample: compact, and the same bytes whenever they are made by the same libraries."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sample_data import tables
from sample_data.pictures import draw
from sample_data.simulator import Sample

RANKED = 50  # ranks of the production recommender that are kept
DELTA = {"timestamp": "DELTA_BINARY_PACKED", "slate": "DELTA_BINARY_PACKED"}


def write_sample(sample: Sample, seed: int, version: int, folder: Path) -> None:
    """All files of the sample, below `folder`."""
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    for name, frame in tables.all_tables(sample).items():
        _write_parquet(frame, folder / f"{name}.parquet")
    _write_truth(sample, folder / "truth")
    _write_pictures(sample, folder / "images")
    about = json.dumps(tables.about(sample, seed, version), ensure_ascii=False, indent=2)
    (folder / "dataset.json").write_text(about + "\n", encoding="utf-8")


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    delta = {name: encoding for name, encoding in DELTA.items() if name in table.column_names}
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=15,
        row_group_size=1 << 20,
        use_dictionary=[name for name in table.column_names if name not in delta],
        column_encoding=delta or None,
    )


def _write_truth(sample: Sample, folder: Path) -> None:
    truth, people = sample.truth, sample.people
    np.save(folder / "relevance.npy", truth.relevance.astype(np.float32))
    np.save(folder / "purchase_given_click.npy", truth.purchase_given_click.astype(np.float32))
    np.save(folder / "preferences.npy", people.preferences.astype(np.float32))
    np.save(folder / "needs.npy", people.needs.astype(np.float32))
    np.save(folder / "topics.npy", sample.catalogue.topics.astype(np.float32))
    np.save(folder / "production.npy", sample.ranking[:, :RANKED].astype(np.uint16))
    examination = {str(k + 1): float(p) for k, p in enumerate(truth.examination)}
    (folder / "examination.json").write_text(json.dumps(examination, indent=2) + "\n")
    for name, frame in tables.truth_tables(sample).items():
        _write_parquet(frame, folder / f"{name}.parquet")
    page = Path(__file__).with_name("truth.md").read_text("utf-8")
    (folder / "README.md").write_text(page + sample.world.truth, "utf-8")


def _write_pictures(sample: Sample, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for item in sample.catalogue.items:
        colour = sample.world.colours[item.colour]
        draw(item.department.plate, item.kind.shape, colour, item.pattern).save(
            folder / f"{item.key}.png", optimize=True
        )
