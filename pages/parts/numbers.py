"""Numbers as people read them: three significant digits, one precision for a mean and its interval."""

import math

from core.evaluation.uncertainty import Estimate


def decimals(value: float, digits: int = 3) -> int:
    """How many decimals show a value with that many significant digits, at most six.

    >>> decimals(0.2143), decimals(0.00412), decimals(38.7), decimals(0.0)
    (3, 5, 1, 2)
    """
    if not value or not math.isfinite(value):
        return digits - 1
    return min(max(digits - 1 - math.floor(math.log10(abs(value))), 0), 6)


def figure(value: float, places: int | None = None) -> str:
    """A number with three significant digits, or with so many decimals; a dash where it is not defined.

    >>> figure(0.21432), figure(1412.3), figure(float("nan"))
    ('0.214', '1,412', '–')
    """
    if not math.isfinite(value):
        return "–"
    return f"{value:,.{decimals(value) if places is None else places}f}".replace("-", "−")


def percent(value: float, places: int | None = None) -> str:
    """A share as a per cent.

    >>> percent(0.0387)
    '3.87 %'
    """
    return figure(100 * value, places) + " %" if math.isfinite(value) else "–"


def change(value: float, places: int | None = None) -> str:
    """A relative difference as a per cent with its sign.

    >>> change(0.061), change(-0.004)
    ('+6.10 %', '−0.400 %')
    """
    return ("+" if value > 0 else "") + percent(value, places)


def signed(value: float, places: int | None = None) -> str:
    """A difference with its sign.

    >>> signed(0.0124), signed(-0.004, 3)
    ('+0.0124', '−0.004')
    """
    return ("+" if value > 0 else "") + figure(value, places)


def interval(estimate: Estimate, share: bool = False) -> str:
    """`0.206–0.222`, in the precision of the mean.

    >>> interval(Estimate(0.2143, 0.2061, 0.222, 10))
    '0.206–0.222'
    """
    scale = 100 if share else 1
    places = decimals(scale * estimate.mean)
    ends = [figure(scale * end, places) for end in (estimate.low, estimate.high)]
    return "–".join(ends) + (" %" if share else "")


def ticks(low: float, high: float, most: int = 3) -> list[float]:
    """Round numbers inside an interval, at most `most` of them.

    >>> ticks(0.11, 0.27)
    [0.15, 0.2, 0.25]
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return [low] if math.isfinite(low) else []
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    for factor in (1, 2, 2.5, 5, 10, 20):
        step = factor * power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            return [round(at * step, 12) for at in range(first, last + 1)]
    return []
