"""The thin layer between the store and the disk, so that a test can let the disk fail."""

import os
import shutil
from pathlib import Path
from typing import BinaryIO, Protocol


class Files(Protocol):
    """What the store does to the disk. Every method may raise OSError."""

    def make_folder(self, path: Path) -> None:
        """Makes the folder and those above it, readable by the owner only."""

    def create(self, path: Path) -> BinaryIO:
        """Opens a new file for writing, readable by the owner only."""

    def settle(self, folder: Path) -> None:
        """Waits until the files of the folder are on the disk."""

    def rename(self, source: Path, target: Path) -> None:
        """Moves a folder to a free name in the same file system, all at once."""

    def remove(self, folder: Path) -> None:
        """Removes a folder and what is in it."""


class RealFiles:
    """The disk."""

    def make_folder(self, path: Path) -> None:
        if not path.is_dir():
            self.make_folder(path.parent)
            path.mkdir(mode=0o700, exist_ok=True)

    def create(self, path: Path) -> BinaryIO:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        return os.fdopen(descriptor, "wb")

    def settle(self, folder: Path) -> None:
        for path in (*folder.iterdir(), folder):
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        source.rename(target)

    def remove(self, folder: Path) -> None:
        shutil.rmtree(folder)
