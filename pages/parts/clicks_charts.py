"""Charts of clicks and sales: rates over groups, a held-out metric beside clicks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.evaluation.offpolicy.asked import Clicks
from core.evaluation.uncertainty import Estimate
from pages.parts import clicks_words, numbers
from pages.parts.clicks_figures import Looks
from pages.parts.palette import INKS, MUTED, Style
from pages.parts.text import escaped, plain

# A scatter in pixels, about: its size, half a mark, a line of text, a letter
WIDE, HIGH, MARK, LINE, LETTER = 380.0, 190.0, 6.0, 15.0, 7.0
PLACES = ("top right", "bottom right", "top left", "bottom left", "middle right", "middle left")
Box = tuple[float, float, float, float]  # left, right, bottom, top
ROOM = 0.085  # of a chart's height: the least between two names


@dataclass(frozen=True)
class Series:
    """A line of a chart: whose, and the value at each place; None = refused there."""

    label: str
    style: Style
    values: tuple[Estimate | None, ...]


def series_of(found: Clicks, rate: str, estimator: str, looks: Looks, fewest: int = 0) -> tuple[Series, ...]:
    """A series for each that takes part, over the groups; values of fewer than `fewest` people are not."""
    made = []
    for who in found.who:
        if who.spec not in looks:
            continue
        figures = [found.figure(who.spec, rate, estimator, group) for group in range(len(found.groups))]
        values = tuple(
            one.estimate if one and clicks_words.usable(one) and one.estimate.n >= fewest else None
            for one in figures
        )
        if any(values):
            made.append(Series(plain(who.label, 24), looks[who.spec], values))
    return tuple(made)


def over_groups(
    series: Sequence[Series], groups: Sequence[str], axis: str, rate: str, ground: str = "light"
) -> Any:
    """A rate over positions or days: marks with intervals, each line named at its end."""
    import plotly.graph_objects as go

    scale = 1.0 if rate == "revenue" else 100.0
    figure = go.Figure()
    for at, one in enumerate(series):
        places = [place for place, value in enumerate(one.values) if value is not None]
        values = [value for value in one.values if value is not None]
        beside = (at - (len(series) - 1) / 2) * 0.07  # intervals of one group stand beside one another
        means = [scale * value.mean for value in values]
        figure.add_trace(
            go.Scatter(
                x=[place + beside for place in places],
                y=means,
                name=escaped(one.label),
                mode="lines+markers",
                line={"color": one.style.colour, "width": 1.5},
                marker={"color": one.style.colour, "symbol": one.style.marker, "size": 9},
                error_y={
                    "array": [scale * value.high - mean for value, mean in zip(values, means, strict=True)],
                    "arrayminus": [
                        scale * -value.low + mean for value, mean in zip(values, means, strict=True)
                    ],
                    "color": one.style.colour,
                    "thickness": 1.5,
                    "width": 0,
                },
                customdata=[
                    f"{escaped(groups[place])}<br>{clicks_words.with_ends(rate, value)} · n = {value.n:,}"
                    for place, value in zip(places, values, strict=True)
                ],
                hovertemplate=f"{escaped(one.label)}, %{{customdata}}<extra></extra>",
            )
        )
    ends = [scale * end for one in series for value in one.values if value for end in (value.low, value.high)]
    low, high = min([0.0, *ends]), max([*ends, 1e-9])
    figure.update_layout(**layout(300, ground), hovermode="closest")
    last = [[value for value in one.values if value is not None][-1] for one in series]
    name_lines(
        figure,
        [one.label for one in series],
        [scale * one.mean for one in last],
        high - low,
        ground,
        low,
    )
    every = max(1, -(-len(groups) // 10))
    figure.update_xaxes(
        title={"text": escaped(axis)},
        tickvals=list(range(0, len(groups), every)),
        ticktext=[escaped(name, 20) for name in groups[::every]],
        range=[-0.4, len(groups) - 0.6],
        zeroline=False,
        showgrid=False,
    )
    figure.update_yaxes(
        range=[low, high + 0.06 * (high - low)],
        ticksuffix="" if rate == "revenue" else " %",
        nticks=5,
        zeroline=False,
    )
    return figure


def name_lines(
    figure: Any, labels: Sequence[str], ends: Sequence[float], height: float, ground: str, floor: float = 0.0
) -> None:
    """Each line's name at its end, right of the chart, none over another; the axis has height and floor."""
    for label, place in zip(labels, spread(ends, ROOM * height, floor), strict=True):
        figure.add_annotation(
            x=1.01,
            xref="paper",
            y=place,
            text=escaped(label, 18),
            showarrow=False,
            xanchor="left",
            font={"color": INKS[ground], "size": 13},
        )


def spread(wanted: Sequence[float], least: float, floor: float = 0.0) -> list[float]:
    """Places above `floor`, as near to those wanted as a least distance between them allows.

    >>> spread([2.0, 2.0], 1.0), spread([0.0, 0.0], 1.0)
    ([1.5, 2.5], [0.0, 1.0])
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed: list[float] = []
    for at in order:
        placed.append(max(wanted[at], placed[-1] + least) if placed else wanted[at])
    if not placed:
        return []
    moved = max((sum(wanted) - sum(placed)) / len(placed), min(floor - placed[0], 0.0))
    found = dict(zip(order, placed, strict=True))
    return [found[at] + moved for at in range(len(wanted))]


@dataclass(frozen=True)
class Both:
    """A recommender by a held-out metric and by its clicks."""

    label: str
    style: Style
    metric: Estimate
    clicks: Estimate


def agreement_figure(points: Sequence[Both], title: str, ground: str = "light") -> Any:
    """The off-policy CTR over a held-out metric, both with intervals; each mark is named."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for one, side in zip(points, sides(points), strict=True):
        x, y = one.metric, one.clicks
        figure.add_trace(
            go.Scatter(
                x=[x.mean],
                y=[100 * y.mean],
                name=escaped(one.label),
                mode="markers+text",
                text=[escaped(one.label, 24)],
                textposition=side,
                textfont={"size": 13, "color": INKS[ground]},
                cliponaxis=False,
                marker={"color": one.style.colour, "symbol": one.style.marker, "size": 11},
                error_x=_bars(x, 1.0, one.style),
                error_y=_bars(y, 100.0, one.style),
                hovertemplate=f"{escaped(one.label)}<br>{escaped(title)} {numbers.figure(x.mean)}"
                f" ({numbers.interval(x)})<br>{clicks_words.with_ends('ctr', y)}<extra></extra>",
            )
        )
    figure.update_layout(**layout(300, ground, right=64), hovermode="closest")
    figure.update_xaxes(title={"text": escaped(title)}, nticks=5, zeroline=False)
    figure.update_yaxes(
        title={"text": clicks_words.rate_names()["ctr"]}, ticksuffix=" %", nticks=5, zeroline=False
    )
    return figure


def sides(points: Sequence[Both]) -> list[str]:
    """Where each name stands: of the places around its mark the first that covers least of other names."""
    xs, ys = ([getattr(one, name).mean for one in points] for name in ("metric", "clicks"))
    across, down = (
        [size * (value - min(values)) / ((max(values) - min(values)) or 1.0) for value in values]
        for size, values in ((WIDE, xs), (HIGH, ys))
    )
    taken = [(x - MARK, x + MARK, y - MARK, y + MARK) for x, y in zip(across, down, strict=True)]
    found = []
    for one, x, y in zip(points, across, down, strict=True):
        boxes = {place: _box(place, x, y, LETTER * len(one.label)) for place in PLACES}
        if x > WIDE / 2:  # towards the middle, so that no name leaves the chart
            boxes = dict(sorted(boxes.items(), key=lambda item: "left" not in item[0]))
        place = min(boxes, key=lambda name: sum(_common(boxes[name], other) for other in taken))
        taken.append(boxes[place])
        found.append(place)
    return found


def _box(place: str, x: float, y: float, width: float) -> Box:
    up = {"top": MARK + LINE / 2, "middle": 0.0, "bottom": -MARK - LINE / 2}[place.partition(" ")[0]]
    left = x + MARK if place.endswith("right") else x - MARK - width
    return left, left + width, y + up - LINE / 2, y + up + LINE / 2


def _common(one: Box, other: Box) -> float:
    """How much two boxes cover of each other."""
    across = min(one[1], other[1]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[2], other[2])
    return max(across, 0.0) * max(down, 0.0)


def _bars(one: Estimate, scale: float, style: Style) -> dict[str, Any]:
    return {
        "array": [scale * (one.high - one.mean)],
        "arrayminus": [scale * (one.mean - one.low)],
        "color": style.colour,
        "thickness": 1.5,
        "width": 0,
    }


def layout(height: int, ground: str, right: int = 120) -> dict[str, Any]:
    """What these charts share; `right` is the room for names, in pixels."""
    return {
        "showlegend": False,
        "height": height,
        "margin": {"l": 8, "r": right, "t": 12, "b": 8},
        "dragmode": False,
        "font": {"color": MUTED[ground]},
    }
