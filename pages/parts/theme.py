"""Markers as SVG and CSS. All other style is in theme.css; its inks come from `currentColor`."""

from pathlib import Path
from urllib.parse import quote

from pages.parts.palette import Style

CSS = Path(__file__).parent / "theme.css"


def marker_style(key: str, style: Style) -> str:
    """CSS that puts a recommender's marker in front of the label of the button of that key."""
    mark = f'background: url("{image(style)}") center / contain no-repeat'
    box = 'content: ""; flex: none; width: 13px; height: 13px; margin-right: .4rem'
    return f".st-key-{key} button::before {{ {box}; {mark}; }}"


def marker(style: Style, css: str = "ts-marker", at: str = "") -> str:
    """A recommender's marker for our own HTML: an image, since inline SVG is not let through."""
    place = f' style="left:{at}"' if at else ""
    return f'<img class="{css}" src="{image(style)}" alt=""{place}>'


def image(style: Style) -> str:
    """The marker as a data address."""
    return f"data:image/svg+xml,{quote(_svg(style))}"


def _svg(style: Style) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-7 -7 14 14'>"
        f"<path d='{style.path}' fill='{style.colour}'/></svg>"
    )
