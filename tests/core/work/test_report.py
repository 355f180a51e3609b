"""Reports of parts are reports of the whole."""

from core.work.report import within


def test_a_part_of_a_part_stays_in_its_range() -> None:
    said: list[tuple[float, str]] = []
    half = within(lambda fraction, message: said.append((fraction, message)), 0.5, 1.0)
    within(half, 0.0, 0.5)(1.0, "three quarters")
    half(0.0, "half")
    assert said == [(0.75, "three quarters"), (0.5, "half")]
