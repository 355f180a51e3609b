"""`python -m benchmarks.fuzz [SECONDS]`: readers on mangled files, for ten minutes by default."""

import sys
import time
import warnings

from hypothesis import HealthCheck, Phase, given, settings

from tests.core.data.mangling import mangled, read_all

SECONDS = 600.0
ROUND = 50  # examples between two looks at the clock


def main(seconds: float) -> int:
    """Runs rounds of new examples until the time is up; 1 where a reader crashed or lost a row."""
    warnings.simplefilter("error")
    began, rounds, tried = time.monotonic(), 0, 0
    while time.monotonic() - began < seconds:
        tried += _round(rounds)
        rounds += 1
        print(f"\r{tried:,} examples, {time.monotonic() - began:.0f} s", end="", flush=True)
    taken = time.monotonic() - began
    print(f"\r{tried:,} mangled sets of files in {taken:.0f} s: no crash, no row lost without a word")
    return 0


def _round(number: int) -> int:
    from hypothesis import seed

    tried = 0

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(files=mangled())
    def one(files: dict[str, bytes]) -> None:
        nonlocal tried
        tried += 1
        read_all(files)

    one()
    return tried


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
