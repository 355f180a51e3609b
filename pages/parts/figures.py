"""Figures in columns: a dot with its interval on a shared axis, and the figure beside it.

    column = Column("NDCG@10", lines=(Line("EASE", style, estimate), …), under="n = 942 people")
    st.html(columns_html([column, …], alt))

Pure: makes HTML; every text is escaped here. Each column is a table of its own, so on
a narrow screen columns stack in their order and each keeps its recommenders' names.
"""

from dataclasses import dataclass
from html import escape
from math import isfinite

from core.evaluation.uncertainty import Estimate
from pages.parts import numbers
from pages.parts.palette import Style
from pages.parts.text import escaped
from pages.parts.theme import marker
from pages.parts.words import _


@dataclass(frozen=True)
class Line:
    """One row of a column: who, and the value with its interval; without one the row stays empty."""

    label: str
    style: Style | None = None  # None = not a recommender: drawn in ink
    estimate: Estimate | None = None
    mark: str = ""  # a word beside the figure, such as "tied"
    words: str = ""  # instead of figure and interval, such as "baseline"; without an estimate, why none
    strong: bool = False  # the leader
    note: str = ""  # a small line below, where a row has its own n
    band: tuple[float, float] | None = None  # drawn wide behind the interval: how far assumptions move it


@dataclass(frozen=True)
class Column:
    """One metric: its rows share an axis. `note` stands where recommenders have no value at all."""

    title: str
    lines: tuple[Line, ...]
    under: str = ""  # n = …
    badge: str = ""
    href: str = ""  # the definition
    meaning: str = ""  # on hover
    note: str = ""  # instead of the values of the compared recommenders
    more: tuple[Line, ...] = ()  # rows apart from the compared ones: logging policies
    more_badge: str = ""
    more_title: str = ""  # over these rows; "" = what was live
    share: bool = False  # shown as a per cent
    zero: bool = False  # relative differences: per cent, the axis holds 0, figures carry a sign
    holds: tuple[float, ...] = ()  # values that the axis holds too, so that two columns have one axis
    signed: bool = False  # differences as they are: the axis holds 0, figures carry a sign
    wide: bool = False  # figures have a longer mark beside them


def columns_html(columns: list[Column], alt: str) -> str:
    """The columns side by side, as one figure."""
    body = "".join(_column(column, first=at == 0) for at, column in enumerate(columns))
    return f'<div class="ts-columns" role="group" aria-label="{escaped(alt, 1_000)}">{body}</div>'


def _column(column: Column, first: bool) -> str:
    low, high = _axis(column)
    title = escaped(column.title)
    if column.href:
        href, meaning = escape(column.href, quote=True), escaped(column.meaning)
        title = f'<a href="{href}" target="_self" title="{meaning}">{title}</a>'
    badge = f'<span class="ts-badge">{escaped(column.badge)}</span>' if column.badge else ""
    rows = _noted(column) if column.note else [_row(line, column, low, high) for line in column.lines]
    valued = not column.note and any(line.estimate for line in column.lines)
    rows += _foot(_labels(column, low, high) if valued else "", column.under)
    if column.more:
        rows += _apart(column, first, low, high)
    name = f"ts-column{' ts-first' if first else ''}{' ts-marked' if column.wide else ''}"
    head = f"<header><h3>{title}</h3>{badge}</header>"
    return f'<section class="{name}">{head}<table>{"".join(rows)}</table></section>'


def _apart(column: Column, first: bool, low: float, high: float) -> list[str]:
    """Rows that are not compared: what was live, with a badge, and an axis where there are values."""
    valued = any(line.estimate for line in column.more)
    badge = f'<span class="ts-badge">{escaped(column.more_badge)}</span>' if column.more_badge else ""
    title = escaped(column.more_title or _("What was live")) if first else ""
    head = f'<th>{title}</th><td colspan="2">{badge}</td>'
    rows = [f'<tr class="ts-apart{"" if valued else " ts-wide-only"}">{head}</tr>']
    for line in column.more:
        hidden = "" if line.note else " ts-wide-only"
        rows += [
            _row(line, column, low, high),
            f'<tr class="ts-sub{hidden}"><th></th><td colspan="2">{escaped(line.note)}</td></tr>',
        ]
    return rows + (_foot(_labels(column, low, high), "") if valued else [])


def _noted(column: Column) -> list[str]:
    """The names with one note over all their rows: what is not measurable is said once."""
    names = [f'<tr><th scope="row">{_name(line)}</th>' for line in column.lines]
    names[0] += f'<td class="ts-note" colspan="2" rowspan="{len(names)}">{escaped(column.note, 400)}</td>'
    return [name + "</tr>" for name in names]


def _row(line: Line, column: Column, low: float, high: float) -> str:
    name = f'<th scope="row">{_name(line)}</th>'
    one = line.estimate
    if one is None and line.words:
        return f'<tr>{name}<td class="ts-refusal" colspan="2">{escaped(line.words, 200)}</td></tr>'
    if one is None:
        return f'<tr class="ts-wide-only">{name}<td colspan="2"></td></tr>'
    said = line.words or spoken(one, column)
    if line.band:
        start, end = (_shown(value, one, column) for value in line.band)
        said = _("{said}, assumptions move it from {low} to {high}").format(said=said, low=start, high=end)
    plot = interval_html(one, line.style, low, high, _ticks(column, low, high), said, line.band)
    mark = f" <i>{escaped(line.mark)}</i>" if line.mark else ""
    figure = f"<b>{_shown(one.mean, one, column)}{mark}</b><span>{_ends(one, column)}</span>"
    return (
        f'<tr{" class=ts-strong" if line.strong else ""}>{name}<td class="ts-plot">{plot}</td>'
        f'<td class="ts-number">{f"<span>{escaped(line.words)}</span>" if line.words else figure}</td></tr>'
    )


def _name(line: Line) -> str:
    return (
        marker(line.style) if line.style else '<span class="ts-no-marker"></span>'
    ) + f"<span>{escaped(line.label, 80)}</span>"


def _labels(column: Column, low: float, high: float) -> str:
    places = [(_at(tick, low, high), _tick(tick, column)) for tick in _ticks(column, low, high)]
    return "".join(f'<span style="left:{at:.1f}%">{text}</span>' for at, text in places)


def _foot(labels: str, under: str) -> list[str]:
    """The axis and n. Empty ones keep their height, so that what follows is level in all columns."""
    hidden = "" if labels or under else " ts-wide-only"
    row = f'<tr class="ts-foot{hidden}"><th></th>'
    axis = f'<div class="ts-axis" aria-hidden="true">{labels}</div>'
    return [f"{row}<td>{axis}</td><td></td></tr>", f'{row}<td colspan="2">{escaped(under)}</td></tr>']


def interval_html(
    one: Estimate,
    style: Style | None,
    low: float,
    high: float,
    grid: list[float],
    alt: str,
    band: tuple[float, float] | None = None,
) -> str:
    """A dot with its interval between `low` and `high`; the width is whatever the place gives."""
    lines = "".join(f'<i class="ts-tick" style="left:{_at(tick, low, high):.1f}%"></i>' for tick in grid)
    if not (isfinite(one.mean) and isfinite(one.low) and isfinite(one.high)):
        return f'<div class="ts-interval" role="img" aria-label="{escaped(alt)}">{lines}</div>'
    left, right, mean = (_at(value, low, high) for value in (one.low, one.high, one.mean))
    colour = style.colour if style else "currentColor"
    dot = (
        marker(style, "ts-dot", f"{mean:.2f}%")
        if style
        else f'<i class="ts-dot ts-ink" style="left:{mean:.2f}%"></i>'
    )
    place = f"left:{left:.2f}%;width:{max(right - left, 0.5):.2f}%;background:{colour}"
    bar = f'<i class="ts-bar" style="{place}"></i>'
    if band:
        start, end = (_at(value, low, high) for value in band)
        wide = f"left:{start:.2f}%;width:{max(end - start, 0.5):.2f}%;background:{colour}"
        bar = f'<i class="ts-band" style="{wide}"></i>{bar}'
    return f'<div class="ts-interval" role="img" aria-label="{escaped(alt)}">{lines}{bar}{dot}</div>'


def spoken(one: Estimate, column: Column) -> str:
    """The value with its interval in words, for those who can't see the mark."""
    return _("{mean}, 95 % interval {ends}").format(
        mean=_shown(one.mean, one, column), ends=_ends(one, column)
    )


def _axis(column: Column) -> tuple[float, float]:
    found = [line.estimate for line in (*column.lines, *column.more) if line.estimate]
    ends = [end for one in found for end in (one.low, one.high, one.mean) if isfinite(end)]
    ends += [end for line in column.lines for end in line.band or ()]
    ends += [end for end in column.holds if isfinite(end)]
    ends += [0.0] if column.zero or column.signed else []
    if not ends:
        return 0.0, 1.0
    low, high = min(ends), max(ends)
    pad = 0.08 * (high - low) or abs(high) * 0.1 or 0.1
    return low - pad, high + pad


def _at(value: float, low: float, high: float) -> float:
    return 100 * (value - low) / (high - low)


def _ticks(column: Column, low: float, high: float) -> list[float]:
    scale = 100 if column.share or column.zero else 1
    inside = 0.04 * (high - low)
    most = 2 if column.wide else 3
    return [tick / scale for tick in numbers.ticks(scale * (low + inside), scale * (high - inside), most)]


def _tick(tick: float, column: Column) -> str:
    if column.share or column.zero:
        return f"{100 * tick:.4g}".replace("-", "−") + " %"
    return f"{tick:.4g}".replace("-", "−")


def _shown(value: float, one: Estimate, column: Column) -> str:
    scale = 100 if column.share or column.zero else 1
    places = min(numbers.decimals(scale * one.mean), 1 if column.zero else 3 if column.signed else 6)
    if column.signed:
        return numbers.signed(value, places)
    show = numbers.change if column.zero else numbers.percent if column.share else numbers.figure
    return show(value, places)


def _ends(one: Estimate, column: Column) -> str:
    if column.zero or column.signed:
        return f"{_shown(one.low, one, column)} {_('to')} {_shown(one.high, one, column)}"
    return numbers.interval(one, column.share)
