"""Small tables that are read, not sorted: HTML in the page's own type, every cell escaped here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pages.parts.text import escaped

_HERE = Path(__file__).parent


def css(*names: str) -> str:
    """Style sheets of these names, as HTML."""
    return f"<style>{''.join((_HERE / f'{name}.css').read_text('utf-8') for name in names)}</style>"


CSS = css("views")


@dataclass(frozen=True)
class Cell:
    """A cell with a quieter second line."""

    text: str
    under: str = ""


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str | Cell]],
    right: Sequence[int] = (),
    links: Sequence[str] = (),
) -> str:
    """A table; columns in `right` hold numbers, the first column names the row, and leads to its link."""
    top = "".join(f'<th scope="col"{_side(at, right)}>{escaped(text)}</th>' for at, text in enumerate(head))
    body = "".join(
        f"<tr>{''.join(_cell(at, cell, right, '' if at else href) for at, cell in enumerate(row))}</tr>"
        for row, href in zip(rows, links or [""] * len(rows), strict=True)
    )
    inside = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>" if head else f"<tbody>{body}</tbody>"
    return f'<div class="ts-scroll" tabindex="0"><table class="ts-table">{inside}</table></div>'


def _cell(at: int, cell: str | Cell, right: Sequence[int], href: str = "") -> str:
    text, under = (cell.text, cell.under) if isinstance(cell, Cell) else (cell, "")
    below = f"<span>{escaped(under, 400)}</span>" if under else ""
    side = _side(at, right) if at else ' class="ts-name"'
    return f"<td{side}>{_linked(escaped(text, 400), href)}{below}</td>"


def _side(at: int, right: Sequence[int]) -> str:
    return ' class="ts-right"' if at in right else ""


@dataclass(frozen=True)
class Bar:
    """A count as a bar: its name, its share of the longest, the figure, and where a comparison stands."""

    name: str
    share: float  # 0 to 1
    figure: str
    mark: float | None = None  # 0 to 1
    href: str = ""  # where the name leads


def bars(rows: Sequence[Bar]) -> str:
    """Bars for counts, with their figures."""
    made = []
    for row in rows:
        mark = f'<b style="left:{100 * min(row.mark, 1):.1f}%"></b>' if row.mark is not None else ""
        made.append(
            f"<dt>{_linked(escaped(row.name, 60), row.href)}</dt>"
            f'<dd aria-hidden="true"><i style="width:{100 * min(row.share, 1):.1f}%"></i>{mark}</dd>'
            f"<span>{escaped(row.figure)}</span>"
        )
    return f'<dl class="ts-bars">{"".join(made)}</dl>'


def _linked(name: str, href: str) -> str:
    return f'<a href="{escaped(href, 4_000)}" target="_self">{name}</a>' if href else name


def marked_list(rows: Sequence[tuple[str, str, str]]) -> str:
    """Lines of a mark (✓, ✗, !), what it is about, and a quieter sentence."""
    made = [
        f"<li><span>{escaped(mark)}</span>"
        f"<span>{escaped(what)}<small>{escaped(more, 400)}</small></span></li>"
        for mark, what, more in rows
    ]
    return f'<ul class="ts-facts-list">{"".join(made)}</ul>'
