"""What the report is written in: one HTML document that needs nothing else, and saves its figures."""

import base64
import hashlib
from collections.abc import Sequence
from html import escape

_CSS = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #d0d0d0;
  vertical-align: top; }
th.n, td.n { text-align: right; } small, caption, .quiet { color: #595959; }
.wide { overflow-x: auto; } figure { margin: 1rem 0; } svg { max-width: 100%; height: auto; }
button { font: inherit; font-size: .8rem; margin-right: .4rem; } code { overflow-wrap: anywhere; }
@media print { button { display: none; } body { margin: 0; max-width: none; }
  figure, tr { break-inside: avoid; } h2 { break-after: avoid; } }
"""
_SAVE = """
function save(href, name) {
  const a = document.createElement('a'); a.href = href; a.download = name; a.click();
}
for (const figure of document.querySelectorAll('figure[data-name]')) {
  const drawn = figure.querySelector('svg'), name = figure.dataset.name;
  const text = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(drawn.outerHTML);
  figure.querySelector('[data-as=svg]').onclick = () => save(text, name + '.svg');
  figure.querySelector('[data-as=png]').onclick = () => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = 2 * image.width; canvas.height = 2 * image.height;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      save(canvas.toDataURL('image/png'), name + '.png');
    };
    image.src = text;
  };
}
"""


def document(title: str, body: str) -> str:
    """The whole document; nothing but its own script runs in it."""
    digest = base64.b64encode(hashlib.sha256(_SAVE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'"
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{safe(title)}</title><style>{_CSS}</style></head>"
        f"<body>{body}<script>{_SAVE}</script></body></html>\n"
    )


def section(title: str, inside: str) -> str:
    """A heading and what stands under it."""
    return f"<section><h2>{safe(title)}</h2>{inside}</section>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of texts; columns in `right` hold numbers."""

    def cells(row: Sequence[str], kind: str) -> str:
        return "".join(
            f"<{kind}{' class=n' if at in right else ''}>{safe(text)}</{kind}>" for at, text in enumerate(row)
        )

    top = f"<thead><tr>{cells(head, 'th')}</tr></thead>" if head else ""
    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f'<div class="wide"><table>{top}<tbody>{body}</tbody></table></div>'


def safe(text: str) -> str:
    """A text as HTML shows it."""
    return escape(text, quote=True)
