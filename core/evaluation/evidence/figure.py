"""A metric as SVG: each recommender a line with its interval on a shared axis, in ink, to be printed."""

from collections.abc import Sequence
from html import escape
from math import floor, isfinite, log10

from core.evaluation.uncertainty import Estimate

WIDTH, ROW, TOP, NAMES, FIGURES = 680, 26, 34, 190, 230  # pixels: names to the left, figures to the right
_FONT = "font-family='system-ui, sans-serif' font-size='13'"


def svg(title: str, rows: Sequence[tuple[str, Estimate, str]], under: str) -> str:
    """The figure of a title, rows of (name, estimate, mark) and a line below, as an SVG document.

    Rows without a value have a name and a dash. Every text is escaped.
    """
    low, high = _ends([one for _, one, _ in rows])
    left, right = NAMES, WIDTH - FIGURES
    height = TOP + ROW * len(rows) + 40

    def at(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    parts = [f"<text x='0' y='18' font-weight='600'>{_text(title, 80)}</text>"]
    foot = TOP + ROW * len(rows)
    for tick in _ticks(low, high):
        parts.append(
            f"<line x1='{at(tick):.1f}' x2='{at(tick):.1f}' y1='{TOP - 6}' y2='{foot}' stroke='#d0d0d0'/>"
        )
        parts.append(
            f"<text x='{at(tick):.1f}' y='{foot + 15}' text-anchor='middle' fill='#595959' font-size='11'>"
            f"{tick:.4g}</text>"
        )
    for row, (name, one, mark) in enumerate(rows):
        y = TOP + ROW * row + 10
        parts.append(f"<text x='0' y='{y + 4}'>{_text(name, 28)}</text>")
        if isfinite(one.mean):
            if isfinite(one.low) and isfinite(one.high):
                ends = f"x1='{at(one.low):.1f}' x2='{at(one.high):.1f}'"
                parts.append(f"<line {ends} y1='{y}' y2='{y}' stroke='#1a1a1a' stroke-width='3'/>")
            parts.append(f"<circle cx='{at(one.mean):.1f}' cy='{y}' r='5' fill='#1a1a1a'/>")
        said = f"{figure(one)} {mark}".strip()
        parts.append(f"<text x='{right + 12}' y='{y + 4}'>{_text(said, 40)}</text>")
    parts.append(f"<text x='0' y='{foot + 34}' fill='#595959' font-size='11'>{_text(under, 120)}</text>")
    inside = "".join(parts)
    about = "; ".join(f"{name} {figure(one)}" for name, one, _ in rows)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' "
        f"height='{height}' role='img' aria-label='{_text(f'{title}: {about}', 600)}' {_FONT} fill='#1a1a1a'>"
        f"<rect width='100%' height='100%' fill='#ffffff'/>{inside}</svg>"
    )


def figure(one: Estimate) -> str:
    """`0.214 (0.206–0.222)`, three significant digits; a dash where it is not defined.

    >>> figure(Estimate(0.21432, 0.2061, 0.222, 10))
    '0.214 (0.206–0.222)'
    """
    if not isfinite(one.mean):
        return "–"
    places = 2 if not one.mean else min(max(2 - floor(log10(abs(one.mean))), 0), 6)
    between = " to " if one.low < 0 else "–"
    ends = between.join(f"{end:.{places}f}".replace("-", "−") for end in (one.low, one.high))
    return f"{one.mean:.{places}f}".replace("-", "−") + (f" ({ends})" if isfinite(one.low) else "")


def _text(text: str, most: int) -> str:
    return escape(text if len(text) <= most else text[: most - 1] + "…", quote=True)


def _ends(rows: Sequence[Estimate]) -> tuple[float, float]:
    found = [end for one in rows for end in (one.low, one.high, one.mean) if isfinite(end)]
    if not found:
        return 0.0, 1.0
    low, high = min(found), max(found)
    pad = 0.08 * (high - low) or abs(high) * 0.1 or 0.1
    return low - pad, high + pad


def _ticks(low: float, high: float) -> list[float]:
    step = 10.0 ** floor(log10(high - low))
    step = next(step * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2, 5) if (high - low) / (step * part) <= 5)
    return [round(at * step, 12) for at in range(floor(low / step) + 1, floor(high / step) + 1)]
