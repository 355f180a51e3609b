"""Makes the sample data: `python -m sample_data.generate [WORLD] [--out FOLDER]`."""

import argparse
from importlib import import_module
from pathlib import Path

from sample_data.simulator import simulate
from sample_data.write import write_sample

SEED = 20250303
VERSION = 1
HERE = Path(__file__).parent


def main() -> None:
    """Writes one world's sample beside this file, or into another folder."""
    worlds = sorted(path.stem for path in (HERE / "worlds").glob("[a-z]*.py"))
    parser = argparse.ArgumentParser(prog="python -m sample_data.generate", description=__doc__)
    parser.add_argument("world", nargs="?", default="shop", choices=worlds)
    parser.add_argument("--out", type=Path, help="folder to write to (default: sample_data/WORLD)")
    arguments = parser.parse_args()
    world = import_module(f"sample_data.worlds.{arguments.world}").WORLD
    write_sample(simulate(world, SEED), SEED, VERSION, arguments.out or HERE / world.key)


if __name__ == "__main__":
    main()
