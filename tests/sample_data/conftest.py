"""The shipped samples, read once for all tests here."""

from pathlib import Path

import pytest

from tests.sample_data.sampled import NAMES, SAMPLES, WORLDS, Sampled, read_sample


@pytest.fixture(scope="session", params=NAMES)
def sample(request: pytest.FixtureRequest) -> Sampled:
    """Each sample in turn."""
    return read_sample(SAMPLES / request.param, WORLDS[request.param])


@pytest.fixture(scope="session")
def shop() -> Sampled:
    return read_sample(SAMPLES / "shop", WORLDS["shop"])


@pytest.fixture(scope="session")
def news() -> Sampled:
    return read_sample(SAMPLES / "news", WORLDS["news"])


@pytest.fixture(scope="session")
def friends() -> Sampled:
    return read_sample(SAMPLES / "friends", WORLDS["friends"])


@pytest.fixture(scope="session")
def regenerated(sample: Sampled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample made anew, as `make sample` makes it."""
    from sample_data.generate import SEED, VERSION
    from sample_data.simulator import simulate
    from sample_data.write import write_sample

    folder = tmp_path_factory.mktemp(sample.world.key)
    write_sample(simulate(sample.world, SEED), SEED, VERSION, folder)
    return folder
