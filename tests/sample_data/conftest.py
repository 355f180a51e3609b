"""The shipped sample, read once for all tests here."""

from pathlib import Path

import pytest

from tests.sample_data.shop import SHOP, Shop, read_shop


@pytest.fixture(scope="session")
def shop() -> Shop:
    return read_shop(SHOP)


@pytest.fixture(scope="session")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample made anew, as `make sample` makes it."""
    from sample_data.generate import SEED, VERSION
    from sample_data.simulator import simulate
    from sample_data.worlds.shop import WORLD
    from sample_data.write import write_sample

    folder = tmp_path_factory.mktemp("shop")
    write_sample(simulate(WORLD, SEED), SEED, VERSION, folder)
    return folder
