"""The heat map of recommenders × segments: one ink, since colours mean recommenders.

It is a table, so that it is read, walked and copied as one; every cell has its interval and n.
"""

import pandas as pd

from core.evaluation.by_segment import BySegment
from core.evaluation.comparison import Comparison
from core.evaluation.differing import FEWEST
from core.evaluation.segments import Division
from core.evaluation.uncertainty import Estimate
from pages.parts import numbers, palette, segment_words
from pages.parts.metric_names import metric_at
from pages.parts.text import escaped, plain
from pages.parts.theme import marker
from pages.parts.words import _

LEAST, MOST = 3, 28  # per cent of ink behind the lowest and the highest value


def heat_html(
    comparison: Comparison,
    column: int,
    division: Division,
    found: BySegment,
    links: list[tuple[str, str]],
    alt: str,
    href: str = "",
    ground: str = palette.GROUNDS["light"],
) -> str:
    """Recommenders as rows, the best first; everyone, then each segment with values as columns.

    `links`: for each segment the addresses of its Overview and its People, "" where there are none;
    `href`: the metric's definition.
    """
    looks = palette.styles([entry.spec for entry in comparison.entries])
    values = [one.mean for row in found.cells for one in row if one.n]
    ends = (min(values), max(values)) if values else (0.0, 0.0)
    most = [max(row[at].n for row in found.cells) for at in range(len(division.segments))]
    shown = [at for at, n in enumerate(most) if n]
    everyone = max(row[column].n for row in comparison.estimates)
    head = [_head(_("everyone"), everyone, ("", ""))]
    head += [_head(segment_words.named(division.segments[at]), most[at], links[at]) for at in shown]
    body = []
    for row in comparison.best_first(column):
        entry = comparison.entries[row]
        style = looks.get(entry.spec)
        name = f"{marker(style) if style else ''}<span>{escaped(entry.label, 60)}</span>"
        cells = [_cell(comparison.estimates[row][column], None, everyone)]
        cells += [_cell(found.cells[row][at], ends, most[at]) for at in shown]
        body.append(f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>')
    return (
        f'<div class="ts-scroll" tabindex="0" role="group" aria-label="{escaped(alt, 1_500)}">'
        f'<table class="ts-heat" style="--ts-ground:{ground}">'
        f"<thead><tr><td>{_corner(comparison, column, href)}</td>{''.join(head)}</tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _corner(comparison: Comparison, column: int, href: str) -> str:
    """What the values are, with the address of its definition."""
    asked = comparison.columns[column]
    name = escaped(metric_at(asked.name, asked.k))
    linked = f'<a href="{escaped(href, 4_000)}" target="_self">{name}</a>' if href else name
    return f'<b>{linked}</b><span class="ts-badge">{escaped(_("held-out"))}</span>'


def _head(name: str, n: int, links: tuple[str, str]) -> str:
    count = f"n = {n:,}"
    called = (_("Overview"), _("People"))
    leads = " · ".join(
        f'<a href="{escaped(href, 4_000)}" target="_self" aria-label="{escaped(f"{word}: {name}", 120)}">'
        f"{escaped(word)}</a>"
        for href, word in zip(links, called, strict=True)
        if href
    )
    below = "".join(f"<small>{line}</small>" for line in (escaped(count), leads) if line)
    return f'<th scope="col"><b>{escaped(name, 60)}</b>{below}</th>'


def _cell(one: Estimate, ends: tuple[float, float] | None, n: int) -> str:
    """A value over its interval; the more ink behind it, the higher it is. Its own n where it differs."""
    if not one.n:
        return f'<td title="{escaped(_("fewer than {n} people").format(n=FEWEST))}">–</td>'
    ink = ""
    if ends is not None:
        share = (one.mean - ends[0]) / (ends[1] - ends[0]) if ends[1] > ends[0] else 0.0
        ink = f' style="--ts-ink:{LEAST + (MOST - LEAST) * share:.1f}%"'
    own = f"<span>n = {one.n:,}</span>" if one.n != n else ""
    title = _("{mean}, 95 % interval {ends}, n = {n}").format(
        mean=numbers.figure(one.mean), ends=numbers.interval(one), n=f"{one.n:,}"
    )
    return (
        f'<td{ink} title="{escaped(title)}"><b>{numbers.figure(one.mean)}</b>'
        f"<span>{numbers.interval(one)}</span>{own}</td>"
    )


def heat_table(comparison: Comparison, column: int, division: Division, found: BySegment) -> pd.DataFrame:
    """What stands behind it: every cell with its interval and n; withheld ones are left out."""
    rows = []
    for row in comparison.best_first(column):
        cells = [(_("everyone"), comparison.estimates[row][column])]
        cells += [
            (segment_words.named(segment), one)
            for segment, one in zip(division.segments, found.cells[row], strict=True)
        ]
        rows += [
            {
                _("recommender"): plain(comparison.entries[row].label),
                _("segment"): plain(name),
                _("mean"): round(one.mean, 4),
                _("low"): round(one.low, 4),
                _("high"): round(one.high, 4),
                "n": one.n,
            }
            for name, one in cells
            if one.n
        ]
    return pd.DataFrame(rows)


def heat_alt(comparison: Comparison, column: int, division: Division, found: BySegment) -> str:
    """The heat map in words: for each recommender the segments from the highest to the lowest value."""
    asked = comparison.columns[column]
    said = []
    for row in comparison.best_first(column):
        cells = sorted(
            (-one.mean, segment_words.named(segment))
            for segment, one in zip(division.segments, found.cells[row], strict=True)
            if one.n
        )
        values = ", ".join(f"{name} {numbers.figure(-mean)}" for mean, name in cells)
        said.append(f"{comparison.entries[row].label}: {values}")
    return _("{metric} by recommender and segment. {rows}.").format(
        metric=metric_at(asked.name, asked.k), rows="; ".join(said)
    )
