"""The one place for CSS: type, grid and small marks. Inks come from the theme by `currentColor`."""

from urllib.parse import quote

from pages.parts.palette import Style

_CSS = """
[data-testid="stMainBlockContainer"] { max-width: 1280px; padding: 3.5rem 1.5rem 3rem; }
[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"] { gap: .75rem; }
.stApp { --ts-muted: color-mix(in srgb, currentColor 72%, transparent); --ts-line: color-mix(in srgb, currentColor 16%, transparent);
  --ts-faint: color-mix(in srgb, currentColor 7%, transparent); font-variant-numeric: tabular-nums; }
.ts-lead { font-size: 1.3rem; line-height: 1.45; font-weight: 500; margin: .5rem 0 .25rem; max-width: 62rem; text-wrap: pretty; }
.ts-notice { margin: 0; padding: .35rem .7rem; border-left: 3px solid var(--ts-muted); background: var(--ts-faint); font-size: .875rem; }
.ts-panel { border: 1px solid var(--ts-line); border-left: 3px solid currentColor; border-radius: 4px; padding: .8rem 1rem; max-width: 46rem; }
.ts-panel p { margin: .3rem 0 0; color: var(--ts-muted); overflow-wrap: anywhere; }
.ts-panel strong { font-weight: 600; overflow-wrap: anywhere; }
.ts-empty, .ts-refused { border-left-color: var(--ts-muted); }
.ts-badge { display: inline-block; font-size: .6875rem; line-height: 1; padding: .2rem .4rem; border: 1px solid var(--ts-line);
  border-radius: 3px; color: var(--ts-muted); white-space: nowrap; font-weight: 400; }
.ts-small { font-size: .75rem; color: var(--ts-muted); }
.ts-skeleton { display: grid; gap: 1.1rem; padding: .5rem 0; }
.ts-skeleton > div { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 1.5rem; }
.ts-bone { display: block; height: 1rem; border-radius: 3px; background: var(--ts-faint); animation: ts-breathe 1.6s ease-in-out infinite; }
.ts-wide { width: min(38rem, 90%); height: 1.5rem; }
@keyframes ts-breathe { 50% { opacity: .45; } }
@media (prefers-reduced-motion: reduce) { .ts-bone { animation: none; } }
.st-key-frame { border-bottom: 1px solid var(--ts-line); padding-bottom: .4rem; }
.st-key-facts { color: var(--ts-muted); font-size: .875rem; flex: 1 1 auto !important; }
.ts-facts { margin: 0; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
"""


def stylesheet() -> str:
    """The style element that the frame puts on each page."""
    return f"<style>{_CSS}</style>"


def marker_style(key: str, style: Style) -> str:
    """CSS that puts a recommender's marker in front of the label of the button of that key."""
    return (
        f'.st-key-{key} button::before {{ content: ""; flex: none; width: 13px; height: 13px; margin-right: .4rem;'
        f' background: url("data:image/svg+xml,{quote(_svg(style))}") center / contain no-repeat; }}'
    )


def marker(style: Style, size: int = 13) -> str:
    """A recommender's marker as inline SVG."""
    return (
        f'<svg class="ts-marker" width="{size}" height="{size}" viewBox="-7 -7 14 14" aria-hidden="true">'
        f'<path d="{style.path}" fill="{style.colour}"/></svg>'
    )


def _svg(style: Style) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-7 -7 14 14'>"
        f"<path d='{style.path}' fill='{style.colour}'/></svg>"
    )
